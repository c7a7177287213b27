using System.Globalization;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Checkpoints;

/// <summary>Checks a checkpoint on its own, and compares it with one that the checker has kept.</summary>
public static class ChainCheck
{
    /// <summary>Checks the signature, the sizes, and the number of cosignatures.</summary>
    public static void Run(
        Checkpoint checkpoint, IReadOnlyList<NoteKey> keys, IReadOnlyList<NoteKey> witnesses, int witnessesMin, Findings findings)
    {
        findings.Check(
            keys.Any(key => !key.IsWitness && key.Name == checkpoint.Origin && key.HasSigned(checkpoint.Note)), "checkpoint-signature",
            $"Checkpoint {Number(checkpoint)} is signed by the platform's key.",
            $"Checkpoint {Number(checkpoint)} is not signed by any of the given keys: it was forged or changed.");
        findings.Check(
            checkpoint.Logs.All(
                log => log.Size % Checkpoint.TileLeaves == 0 && (log.Size > 0 || log.Root.AsSpan().SequenceEqual(Rfc9162.EmptyRoot))),
            "checkpoint-sizes", "All logs end at a whole tile.",
            "A log does not end at a whole tile: this is not a checkpoint of the platform.");
        if (witnesses.Count == 0 && witnessesMin == 0) return;
        var cosigned = witnesses.Count(witness => witness.HasSigned(checkpoint.Note));
        findings.Check(
            cosigned >= witnessesMin, "checkpoint-witnesses",
            $"{cosigned} of {witnesses.Count} given witnesses have cosigned it.",
            $"Only {cosigned} of {witnesses.Count} given witnesses have cosigned it; {witnessesMin} are required.");
    }

    /// <summary>Checks that a checkpoint and a kept one belong to one chain.</summary>
    /// <param name="checkpoint">The checkpoint to check.</param>
    /// <param name="held">The checkpoint that the checker has kept. Its signature is checked too.</param>
    /// <param name="consistency">The proof between both. It is not needed when both have the same number.</param>
    /// <param name="keys">The keys of the platform.</param>
    /// <param name="madeAt">When the archive with the checkpoint was made; <see langword="null"/> without an archive.</param>
    /// <param name="findings">Receives the findings.</param>
    public static void Compare(
        Checkpoint checkpoint, Checkpoint held, ConsistencyFile? consistency, IReadOnlyList<NoteKey> keys, DateTimeOffset? madeAt,
        Findings findings)
    {
        if (!findings.Check(
            keys.Any(key => !key.IsWitness && key.HasSigned(held.Note)), "held-signature",
            "The checkpoint that you kept is signed by the platform.",
            "The checkpoint that you kept is not signed by any of the given keys, so nothing can be compared with it."))
        {
            return;
        }
        if (held.Number > checkpoint.Number && madeAt > held.At)
            findings.Fail(
                "chain-rewound",
                $"The archive was made after checkpoint {Number(held)}, which you kept, and comes with the older checkpoint "
                + $"{Number(checkpoint)}: the chain was taken back.");
        if (checkpoint.Incarnation != held.Incarnation)
            findings.Fail(
                "chain-broken",
                "The platform declares another incarnation of its ledger between the two checkpoints: a backup was restored. "
                + "What was written between them is not proven. Ask the operator.");
        var (earlier, later) = held.Number <= checkpoint.Number ? (held, checkpoint) : (checkpoint, held);
        CompareContent(earlier, later, consistency, findings);
    }

    private static void CompareContent(Checkpoint earlier, Checkpoint later, ConsistencyFile? consistency, Findings findings)
    {
        if (earlier.Number == later.Number)
        {
            findings.Check(
                earlier.Note.Text == later.Note.Text, "chain-forked", "It is the same checkpoint as the one that you kept.",
                $"There are two different checkpoints with the number {Number(earlier)}: the platform shows different histories to "
                + $"different people.");
            return;
        }
        if (consistency is null)
        {
            findings.Fail(
                "chain-unproven",
                $"The proof from {Number(earlier)} to {Number(later)} is missing. Get it from "
                + $"/v1/checkpoints/consistency?from={Number(earlier)}&to={Number(later)}. On the command line, give it with "
                + $"--consistency.");
            return;
        }
        findings.Check(
            Extends(earlier, later, consistency), "chain-forked",
            $"Checkpoint {Number(later)} contains everything that checkpoint {Number(earlier)} contains, unchanged.",
            $"Checkpoint {Number(later)} does not contain what checkpoint {Number(earlier)} contains: entries were changed, left out or "
            + $"inserted after they were sealed.");
    }

    private static bool Extends(Checkpoint earlier, Checkpoint later, ConsistencyFile proof)
    {
        if ((proof.From, proof.To) != (earlier.Number, later.Number) || earlier.Logs.Count != later.Logs.Count) return false;
        if (!Rfc9162.Extends(earlier.Number, earlier.Root, later.Number, later.Root, proof.Proof)) return false;
        for (var partition = 0; partition < earlier.Logs.Count; partition++)
        {
            var before = earlier.Logs[partition];
            var after = later.Logs[partition];
            if (before.Size == 0) continue;
            if (!proof.Partitions.TryGetValue(partition, out var log) || (log.From, log.To) != (before.Size, after.Size)) return false;
            if (!Rfc9162.Extends(before.Size, before.Root, after.Size, after.Root, log.Proof)) return false;
        }
        return true;
    }

    private static string Number(Checkpoint checkpoint) => checkpoint.Number.ToString(CultureInfo.InvariantCulture);
}
