using System.CommandLine;
using System.Text.Json;
using Scoring.Bench.Platforms;
using Scoring.City.Commands;

namespace Scoring.Bench.Clusters;

/// <summary>The command <c>cluster</c>: measures what several silos cost and gain.</summary>
public static class ClusterCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var silos = new Option<int[]>("--silos")
        {
            Description = "With how many silos to measure, each 1 to 8, in this order.", DefaultValueFactory = _ => [1, 2, 3],
            AllowMultipleArgumentsPerToken = true,
        };
        var subjects = BenchOptions.Subjects(5000);
        var events = CityOptions.Number(
            "--events", "How many events to send in batches, 1,000 to 5,000,000; a tenth as many alone.", 200_000, 1000, 5_000_000);
        var parallel = BenchOptions.Parallel(512);
        var settings = BenchOptions.Settings();
        var command = new Command("cluster", "Measure events and queries with silos and a gateway as processes.")
        {
            silos, subjects, events, parallel, settings,
        };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(silos)!.Any(count => count is < 1 or > 8)) parsed.AddError("--silos must be from 1 to 8.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new ClusterOptions(
                parsed.GetValue(silos)!, parsed.GetValue(subjects), parsed.GetValue(events), parsed.GetValue(parallel),
                BenchOptions.SettingsOf(parsed, settings));
            var result = await new ClusterRun(options, Console.Error).Run(cancellationToken);
            result.Write(Console.Error);
            Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
            return 0;
        });
        return command;
    }
}

/// <summary>Options of the bench.</summary>
/// <param name="Silos">With how many silos to measure, in this order.</param>
/// <param name="Subjects">How many subjects to enrol and activate.</param>
/// <param name="Events">How many events are sent in batches.</param>
/// <param name="Parallel">How many single events and queries are sent concurrently.</param>
/// <param name="Settings">Settings of silos and gateway that differ from the defaults, as <c>--Section:Name=value</c>.</param>
public sealed record ClusterOptions(
    IReadOnlyList<int> Silos, int Subjects, int Events, int Parallel, IReadOnlyList<string> Settings);
