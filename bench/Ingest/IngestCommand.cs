using System.CommandLine;
using Scoring.City.Commands;

namespace Scoring.Bench.Ingest;

/// <summary>The command <c>ingest</c>: measures accepted and folded events per second, next to a binary COPY of the same rows.</summary>
public static class IngestCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var subjects = CityOptions.Number("--subjects", "How many subjects to enrol and activate, 1 to 1,000,000.", 100_000, 1, 1_000_000);
        var events = CityOptions.Number("--events", "How many events to send at most, 500 to 5,000,000.", 500_000, 500, 5_000_000);
        var seconds = CityOptions.Number("--seconds", "How many seconds to send at most, 1 to 600.", 60, 1, 600);
        var parallel = CityOptions.Number("--parallel", "How many requests to send concurrently, 1 to 64.", 8, 1, 64);
        var settings = new Option<string[]>("--set")
            { Description = "A setting of the platform as Section:Name=value. Repeat it for several." };
        var command =
            new Command("ingest", "Measure accepted and folded events per second over HTTP, next to a binary COPY of the same rows.")
        {
            subjects, events, seconds, parallel, settings,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new IngestOptions(
                parsed.GetValue(subjects), parsed.GetValue(events), parsed.GetValue(seconds), parsed.GetValue(parallel),
                [.. (parsed.GetValue(settings) ?? []).Select(s => "--" + s)]);
            await new IngestRun(options, Console.Error).Run(result => Console.WriteLine(result.ToJson()), cancellationToken);
            return 0;
        });
        return command;
    }
}
