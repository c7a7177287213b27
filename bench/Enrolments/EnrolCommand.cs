using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.Bench.Platforms;

namespace Scoring.Bench.Enrolments;

/// <summary>The command <c>enrol</c>: measures enrolments per second.</summary>
public static class EnrolCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var subjects = BenchOptions.Subjects(20_000);
        var parallel = BenchOptions.Parallel(64);
        var settings = BenchOptions.Settings();
        var command = new Command("enrol", "Measure enrolments per second over HTTP, each with a real proof.")
        {
            subjects, parallel, settings,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new EnrolRun(
                parsed.GetValue(subjects), parsed.GetValue(parallel), BenchOptions.SettingsOf(parsed, settings), Console.Error);
            await run.Run(Figures.Print, cancellationToken);
            return 0;
        });
        return command;
    }
}
