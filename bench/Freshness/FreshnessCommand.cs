using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.Bench.Platforms;
using Scoring.City.Commands;

namespace Scoring.Bench.Freshness;

/// <summary>The command <c>freshness</c>: measures how soon a participant sees an event in a live stream, under load.</summary>
public static class FreshnessCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var subjects = BenchOptions.Subjects(10_000);
        var rate = CityOptions.Number("--rate", "Events per second of the load, 1 to 100,000.", 10_000, 1, 100_000);
        var batch = CityOptions.Number("--batch", "How many events a request of the load holds, 1 to 1,000.", 100, 1, 1000);
        var streams = CityOptions.Number("--streams", "How many live streams of notices are open, 1 to 10,000.", 100, 1, 10_000);
        var seconds = CityOptions.Number("--seconds", "How many seconds to measure, 1 to 600.", 30, 1, 600);
        var settings = BenchOptions.Settings();
        var command = new Command("freshness", "Measure the time until a participant's live stream shows an event, under load.")
        {
            subjects, rate, batch, streams, seconds, settings,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new FreshnessOptions(
                parsed.GetValue(subjects), parsed.GetValue(rate), parsed.GetValue(batch), parsed.GetValue(streams),
                parsed.GetValue(seconds), BenchOptions.SettingsOf(parsed, settings));
            await new FreshnessRun(options, Console.Error).Run(Figures.Print, cancellationToken);
            return 0;
        });
        return command;
    }
}

/// <summary>Options of the bench.</summary>
/// <param name="Subjects">How many subjects to enrol and activate.</param>
/// <param name="Rate">Events per second of the load.</param>
/// <param name="Batch">How many events a request of the load holds.</param>
/// <param name="Streams">How many live streams are open, each of another subject.</param>
/// <param name="Seconds">How many seconds to measure.</param>
/// <param name="Settings">Settings of the platform that differ from the defaults, as <c>--Section:Name=value</c>.</param>
public sealed record FreshnessOptions(
    int Subjects, int Rate, int Batch, int Streams, int Seconds, IReadOnlyList<string> Settings);
