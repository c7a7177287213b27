using System.CommandLine;
using Scoring.City.Commands;

namespace Scoring.Bench.Ingest;

/// <summary><c>ingest</c>: accepted and folded events a second, beside what the database can do at best.</summary>
public static class IngestCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var subjects = CityOptions.Number("--subjects", "Subjects enrolled and awake, 1 to 1,000,000.", 100_000, 1, 1_000_000);
        var events = CityOptions.Number("--events", "Events sent at most, 500 to 5,000,000.", 500_000, 500, 5_000_000);
        var seconds = CityOptions.Number("--seconds", "Seconds of sending at most, 1 to 600.", 60, 1, 600);
        var parallel = CityOptions.Number("--parallel", "Requests under way at once, 1 to 64.", 8, 1, 64);
        var settings = new Option<string[]>("--set") { Description = "A setting of the platform as Section:Name=value; may be repeated." };
        var command = new Command("ingest", "Accepted and folded events a second over HTTP, and the bare binary COPY of the same rows.")
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
