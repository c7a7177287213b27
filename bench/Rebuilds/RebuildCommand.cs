using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.Bench.Platforms;

namespace Scoring.Bench.Rebuilds;

/// <summary>The command <c>rebuild</c>: measures how fast all folds are made again from the ledger.</summary>
public static class RebuildCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var subjects = BenchOptions.Subjects(10_000);
        var entries = BenchOptions.Entries(100);
        var parallel = BenchOptions.Parallel(64);
        var settings = BenchOptions.Settings();
        var command = new Command("rebuild", "Measure entries per second while all subjects are folded again without snapshots.")
        {
            subjects, entries, parallel, settings,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new RebuildRun(
                parsed.GetValue(subjects), parsed.GetValue(entries), parsed.GetValue(parallel), BenchOptions.SettingsOf(parsed, settings),
                Console.Error);
            await run.Run(Figures.Print, cancellationToken);
            return 0;
        });
        return command;
    }
}
