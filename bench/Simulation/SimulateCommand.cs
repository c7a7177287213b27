using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.City.Commands;

namespace Scoring.Bench.Simulation;

/// <summary>The command <c>simulate</c>: measures the simulator in memory, or a whole simulation on a running platform.</summary>
public static class SimulateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var subjects = CityOptions.Number("--subjects", "How many subjects, 1 to 1,000,000.", 100_000, 1, 1_000_000);
        var entries = CityOptions.Number("--entries", "How many events about them, 1 to 50,000,000.", 5_000_000, 1, 50_000_000);
        var platform = new Option<bool>("--platform")
        {
            Description = "Simulate as an administrator, on a platform that accepts events meanwhile.",
        };
        var parallel = CityOptions.Number("--parallel", "With --platform: how many requests to send concurrently, 1 to 64.", 8, 1, 64);
        var command =
            new Command("simulate", "Measure entries per second that the simulator folds under the rules in force and under a draft.")
        {
            subjects, entries, platform, parallel,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var subjectCount = parsed.GetValue(subjects);
            var entryCount = parsed.GetValue(entries);
            if (parsed.GetValue(platform))
                await new PlatformSimulationRun(subjectCount, entryCount, parsed.GetValue(parallel), Console.Error)
                    .Run(Figures.Print, cancellationToken);
            else
                Figures.Print(SimulateRun.Run(subjectCount, entryCount, Console.Error));
            return 0;
        });
        return command;
    }
}
