using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.Bench.Platforms;

namespace Scoring.Bench.Activations;

/// <summary>The command <c>activate</c>: measures the first reading of the score of inactive subjects.</summary>
public static class ActivateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var subjects = BenchOptions.Subjects(10_000);
        var entries = BenchOptions.Entries(10);
        var parallel = BenchOptions.Parallel(64);
        var settings = BenchOptions.Settings();
        var command = new Command("activate", "Measure the first reading of the score of inactive subjects.")
        {
            subjects, entries, parallel, settings,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new ActivateRun(
                parsed.GetValue(subjects), parsed.GetValue(entries), parsed.GetValue(parallel), BenchOptions.SettingsOf(parsed, settings),
                Console.Error);
            await run.Run(Figures.Print, cancellationToken);
            return 0;
        });
        return command;
    }
}
