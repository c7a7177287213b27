using System.CommandLine;
using Scoring.City.Commands;

namespace Scoring.Bench.Sealing;

/// <summary><c>seal</c>: what the Merkle logs cost beside taking events in, and how long a proof takes.</summary>
public static class SealCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var subjects = CityOptions.Number("--subjects", "Subjects enrolled, 1 to 100,000.", 5000, 1, 100_000);
        var events = CityOptions.Number("--events", "Events sent and sealed, 10,000 to 5,000,000.", 500_000, 10_000, 5_000_000);
        var entries = CityOptions.Number(
            "--entries", "Entries of the ledger that proofs are asked of, filled up by SQL, 100,000 to 100,000,000.",
            10_000_000, 100_000, 100_000_000);
        var proofs = CityOptions.Number("--proofs", "Proofs, each of an entry drawn anew, 100 to 100,000.", 2000, 100, 100_000);
        var command = new Command("seal", "Leaves sealed a second, their cost beside that of taking them in, and the time of a proof.")
        {
            subjects, events, entries, proofs,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new SealOptions(
                parsed.GetValue(subjects), parsed.GetValue(events), parsed.GetValue(entries), parsed.GetValue(proofs));
            Console.WriteLine((await new SealRun(options, Console.Error).Run(cancellationToken)).ToJson());
            return 0;
        });
        return command;
    }
}

/// <summary>How much the bench does.</summary>
/// <param name="Subjects">How many to enrol.</param>
/// <param name="Events">How many events to send, then seal.</param>
/// <param name="Entries">How large the ledger is that proofs are asked of.</param>
/// <param name="Proofs">How many proofs.</param>
public sealed record SealOptions(int Subjects, int Events, long Entries, int Proofs);
