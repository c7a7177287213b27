using Scoring.Verify.Checkpoints;

namespace Scoring.Verify.Archives;

/// <summary>Whether entries are in the log that a checkpoint is of.</summary>
public static class ProofCheck
{
    /// <summary>Each entry up to the checkpoint's size must have a proof that leads to its root; later ones are counted.</summary>
    public static void Run(ArchiveReader archive, Checkpoint checkpoint, IReadOnlyList<EntryRow> entries, Findings findings)
    {
        var paths = archive.Rows("proofs.json").ToDictionary(
            row => row.GetProperty("turn").GetInt64(),
            row => (IReadOnlyList<byte[]>)
                [.. row.GetProperty("path").EnumerateArray().Select(node => Convert.FromHexString(node.GetString()!))]);
        var (proven, newer) = (0, 0);
        foreach (var entry in entries)
        {
            var log = entry.Partition < checkpoint.Logs.Count ? checkpoint.Logs[entry.Partition] : new TreeHead(0, Rfc9162.EmptyRoot);
            if (entry.Position > log.Size) newer++;
            else if (!paths.TryGetValue(entry.Turn, out var path))
                findings.Fail("proof-missing", $"The entry of turn {entry.Turn} is older than the checkpoint and has no proof.");
            else if (!Rfc9162.Includes(entry.Leaf, entry.Position - 1, log.Size, path, log.Root))
                findings.Fail(
                    "proof-wrong",
                    $"The entry of turn {entry.Turn} is not what was sealed at its place: it was changed, put in or dated back afterwards.");
            else proven++;
        }
        if (findings.Failed("proof-missing") + findings.Failed("proof-wrong") == 0)
            findings.Pass("proofs", $"{proven} entries are in the sealed log, each at its place.");
        if (newer > 0)
            findings.Note("newer", $"{newer} entries are newer than the checkpoint and not sealed yet: check again with a later archive.");
    }
}
