using System.CommandLine;
using Scoring.City.Commands;

namespace Scoring.Bench.Simulation;

/// <summary><c>simulate</c>: entries a second that the simulator folds in memory, or a whole simulation on a platform at work.</summary>
public static class SimulateCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var subjects = CityOptions.Number("--subjects", "Subjects, 1 to 1,000,000.", 100_000, 1, 1_000_000);
        var entries = CityOptions.Number("--entries", "Events of theirs, 1 to 50,000,000.", 5_000_000, 1, 50_000_000);
        var platform = new Option<bool>("--platform")
        {
            Description = "A draft simulated by an administrator on a platform that goes on taking events in.",
        };
        var parallel = CityOptions.Number("--parallel", "With --platform: requests under way at once, 1 to 64.", 8, 1, 64);
        var command = new Command("simulate", "Entries a second that the simulator folds under the rules in force and under a draft.")
        {
            subjects, entries, platform, parallel,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (people, events) = (parsed.GetValue(subjects), parsed.GetValue(entries));
            if (parsed.GetValue(platform))
                await new PlatformSimulationRun(people, events, parsed.GetValue(parallel), Console.Error).Run(Console.WriteLine, cancellationToken);
            else
                Console.WriteLine(SimulateRun.Run(people, events, Console.Error).ToJson());
            return 0;
        });
        return command;
    }
}
