using System.CommandLine;
using Scoring.Bench.Measuring;
using Scoring.City.Commands;

namespace Scoring.Bench.Sealing;

/// <summary>The command <c>seal</c>: measures the cost of the Merkle logs compared with ingestion, and the time of a proof.</summary>
public static class SealCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var subjects = CityOptions.Number("--subjects", "How many subjects to enrol, 1 to 100,000.", 5000, 1, 100_000);
        var events = CityOptions.Number("--events", "How many events to send and seal, 10,000 to 5,000,000.", 500_000, 10_000, 5_000_000);
        var entries = CityOptions.Number(
            "--entries", "How many entries the ledger has for the proofs, filled by SQL, 100,000 to 100,000,000.",
            10_000_000, 100_000, 100_000_000);
        var proofs = CityOptions.Number(
            "--proofs", "How many proofs to request, each of a random entry, 100 to 100,000.", 2000, 100, 100_000);
        var command = new Command("seal", "Measure leaves sealed per second, their cost compared with ingestion, and the time of a proof.")
        {
            subjects, events, entries, proofs,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new SealOptions(
                parsed.GetValue(subjects), parsed.GetValue(events), parsed.GetValue(entries), parsed.GetValue(proofs));
            Figures.Print(await new SealRun(options, Console.Error).Run(cancellationToken));
            return 0;
        });
        return command;
    }
}

/// <summary>Options of the bench.</summary>
/// <param name="Subjects">How many subjects to enrol.</param>
/// <param name="Events">How many events to send and then seal.</param>
/// <param name="Entries">How many entries the ledger has when proofs are requested.</param>
/// <param name="Proofs">How many proofs to request.</param>
public sealed record SealOptions(int Subjects, int Events, long Entries, int Proofs);
