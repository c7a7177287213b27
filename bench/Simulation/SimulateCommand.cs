using System.CommandLine;
using Scoring.City.Commands;

namespace Scoring.Bench.Simulation;

/// <summary><c>simulate</c>: entries a second that a simulation folds on both sides, without the ledger's reading.</summary>
public static class SimulateCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var subjects = CityOptions.Number("--subjects", "Subjects, 1 to 1,000,000.", 100_000, 1, 1_000_000);
        var entries = CityOptions.Number("--entries", "Events of theirs, 1 to 50,000,000.", 5_000_000, 1, 50_000_000);
        var command = new Command("simulate", "Entries a second that the simulator folds under the rules in force and under a draft.")
        {
            subjects, entries,
        };
        command.SetAction(parsed =>
        {
            var result = SimulateRun.Run(parsed.GetValue(subjects), parsed.GetValue(entries), Console.Error);
            Console.WriteLine(result.ToJson());
            return 0;
        });
        return command;
    }
}
