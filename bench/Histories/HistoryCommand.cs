using System.CommandLine;
using Scoring.Bench.Platforms;

namespace Scoring.Bench.Histories;

/// <summary>A command that measures something of subjects with histories.</summary>
public static class HistoryCommand
{
    /// <summary>Builds the command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it measures.</param>
    /// <param name="defaults">The default numbers of subjects, entries of each, and requests at a time.</param>
    /// <param name="run">Measures: subjects, entries, requests at a time, and the settings of the platform.</param>
    public static Command Build(
        string name, string description, (int Subjects, int Entries, int Parallel) defaults,
        Func<int, int, int, IReadOnlyList<string>, CancellationToken, Task> run)
    {
        var subjects = BenchOptions.Subjects(defaults.Subjects);
        var entries = BenchOptions.Entries(defaults.Entries);
        var parallel = BenchOptions.Parallel(defaults.Parallel);
        var settings = BenchOptions.Settings();
        var command = new Command(name, description) { subjects, entries, parallel, settings };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await run(
                parsed.GetValue(subjects), parsed.GetValue(entries), parsed.GetValue(parallel), BenchOptions.SettingsOf(parsed, settings),
                cancellationToken);
            return 0;
        });
        return command;
    }
}
