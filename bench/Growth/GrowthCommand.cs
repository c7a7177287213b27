using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.Bench.Platforms;
using Scoring.City.Commands;

namespace Scoring.Bench.Growth;

/// <summary>The command <c>growth</c>: measures ingestion while the ledger grows.</summary>
public static class GrowthCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var subjects = Numbers("--subjects", "How many subjects each ledger has, 1 to 10,000,000.", [10_000, 100_000, 1_000_000]);
        var entries = Numbers("--entries", "How many events each ledger has, 0 to 200,000,000.", [1_000_000, 10_000_000, 50_000_000]);
        var events = CityOptions.Number("--events", "How many events to send at each size, 1,000 to 5,000,000.", 300_000, 1000, 5_000_000);
        var active = CityOptions.Number("--active", "How many subjects are active at each size, 0 to 1,000,000.", 10_000, 0, 1_000_000);
        var parallel = BenchOptions.Parallel(8);
        var settings = BenchOptions.Settings();
        var command = new Command("growth", "Measure events per second on ledgers of several sizes, which are filled by COPY.")
        {
            subjects, entries, events, active, parallel, settings,
        };
        command.Validators.Add(parsed =>
        {
            var counts = parsed.GetValue(subjects)!;
            var rows = parsed.GetValue(entries)!;
            if (counts.Length != rows.Length) parsed.AddError("--subjects and --entries must have equally many numbers.");
            if (counts.Any(count => count is < 1 or > 10_000_000)) parsed.AddError("--subjects must be from 1 to 10,000,000.");
            if (rows.Any(count => count is < 0 or > 200_000_000)) parsed.AddError("--entries must be from 0 to 200,000,000.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new GrowthOptions(
                [.. parsed.GetValue(subjects)!.Zip(parsed.GetValue(entries)!)], parsed.GetValue(events), parsed.GetValue(active),
                parsed.GetValue(parallel), BenchOptions.SettingsOf(parsed, settings));
            Figures.Print(await new GrowthRun(options, Console.Error).Run(cancellationToken));
            return 0;
        });
        return command;
    }

    private static Option<int[]> Numbers(string name, string description, int[] defaults) => new(name)
    {
        Description = description, DefaultValueFactory = _ => defaults, AllowMultipleArgumentsPerToken = true,
    };
}

/// <summary>Options of the bench.</summary>
/// <param name="Sizes">The sizes, in their order.</param>
/// <param name="Events">How many events are sent at each size.</param>
/// <param name="Active">How many subjects are active at each size.</param>
/// <param name="Parallel">How many requests are sent concurrently.</param>
/// <param name="Settings">Settings of the platform that differ from the defaults, as <c>--Section:Name=value</c>.</param>
public sealed record GrowthOptions(
    IReadOnlyList<(int Subjects, int Entries)> Sizes, int Events, int Active, int Parallel, IReadOnlyList<string> Settings);
