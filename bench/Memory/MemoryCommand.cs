using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.Bench.Platforms;

namespace Scoring.Bench.Memory;

/// <summary>The command <c>memory</c>: measures what an active subject takes.</summary>
public static class MemoryCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var subjects = BenchOptions.Subjects(20_000);
        var entries = BenchOptions.Entries(100);
        var settings = BenchOptions.Settings();
        var command = new Command("memory", "Measure the managed and resident memory of an active subject.")
        {
            subjects, entries, settings,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new MemoryRun(
                parsed.GetValue(subjects), parsed.GetValue(entries), BenchOptions.SettingsOf(parsed, settings), Console.Error);
            await run.Run(Figures.Print, cancellationToken);
            return 0;
        });
        return command;
    }
}
