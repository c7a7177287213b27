using System.CommandLine;
using Scoring.City.Commands;

namespace Scoring.Bench.Simulation;

/// <summary><c>simulate</c>: entries a second that a simulation folds on both sides, in memory or over a database.</summary>
public static class SimulateCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var subjects = CityOptions.Number("--subjects", "Subjects, 1 to 1,000,000.", 100_000, 1, 1_000_000);
        var entries = CityOptions.Number("--entries", "Events of theirs, 1 to 50,000,000.", 5_000_000, 1, 50_000_000);
        var database = new Option<bool>("--database") { Description = "Over the platform's own PostgreSQL, not in memory." };
        var command = new Command("simulate", "Entries a second that the simulator folds under the rules in force and under a draft.")
        {
            subjects, entries, database,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var (people, events) = (parsed.GetValue(subjects), parsed.GetValue(entries));
            if (parsed.GetValue(database)) await LedgerRun.Run(people, events, Print, Console.Error, cancel);
            else Print(SimulateRun.Run(people, events, Console.Error));
            return 0;
        });
        return command;
    }

    private static void Print(SimulateResult result) => Console.WriteLine(result.ToJson());
}
