using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.Bench.Platforms;

namespace Scoring.Bench.Queries;

/// <summary>The command <c>queries</c>: measures score queries of a service.</summary>
public static class QueriesCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var subjects = BenchOptions.Subjects(10_000);
        var entries = BenchOptions.Entries(10);
        var parallel = BenchOptions.Parallel(512);
        var settings = BenchOptions.Settings();
        var command = new Command("queries", "Measure a service's score queries: of inactive subjects, of active ones, and repeated.")
        {
            subjects, entries, parallel, settings,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new QueriesRun(
                parsed.GetValue(subjects), parsed.GetValue(entries), parsed.GetValue(parallel), BenchOptions.SettingsOf(parsed, settings),
                Console.Error);
            await run.Run(Figures.Print, cancellationToken);
            return 0;
        });
        return command;
    }
}
