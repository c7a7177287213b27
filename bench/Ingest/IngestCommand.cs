using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.Bench.Platforms;
using Scoring.City.Commands;
using Scoring.City.Replays;

namespace Scoring.Bench.Ingest;

/// <summary>The command <c>ingest</c>: measures accepted and folded events per second, next to a binary COPY of the same rows.</summary>
public static class IngestCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var subjects = BenchOptions.Subjects(100_000);
        var events = CityOptions.Number("--events", "How many events to send at most, 500 to 5,000,000.", 500_000, 500, 5_000_000);
        var seconds = CityOptions.Number("--seconds", "How many seconds to send at most, 1 to 600.", 60, 1, 600);
        var parallel = BenchOptions.Parallel(8);
        var batch = CityOptions.Number("--batch", "How many events a request holds, 1 to 1,000.", CloudEvents.BatchMax, 1, 1000);
        var skew = new Option<bool>("--skew") { Description = "One subject gets 10 % of the events." };
        var settings = BenchOptions.Settings();
        var command =
            new Command("ingest", "Measure accepted and folded events per second over HTTP, next to a binary COPY of the same rows.")
        {
            subjects, events, seconds, parallel, batch, skew, settings,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new IngestOptions(
                parsed.GetValue(subjects), parsed.GetValue(events), parsed.GetValue(seconds), parsed.GetValue(parallel),
                parsed.GetValue(batch), parsed.GetValue(skew), BenchOptions.SettingsOf(parsed, settings));
            await new IngestRun(options, Console.Error).Run(Figures.Print, cancellationToken);
            return 0;
        });
        return command;
    }
}
