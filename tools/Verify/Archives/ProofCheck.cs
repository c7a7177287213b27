using Scoring.Verify.Checkpoints;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Archives;

/// <summary>Checks that entries are in the log of a checkpoint.</summary>
public static class ProofCheck
{
    /// <summary>Checks the proof of each entry below the checkpoint's size against its root. Counts the later entries.</summary>
    public static void Run(ArchiveReader archive, Checkpoint checkpoint, IReadOnlyList<EntryRow> entries, Findings findings)
    {
        var paths = archive.Rows("proofs.json").ToDictionary(
            row => row.GetProperty("turn").GetInt64(),
            row => (IReadOnlyList<byte[]>)
                [.. row.GetProperty("path").EnumerateArray().Select(node => Convert.FromHexString(node.GetString()!))]);
        var proven = 0;
        var newer = 0;
        foreach (var entry in entries)
        {
            var log = entry.Partition < checkpoint.Logs.Count ? checkpoint.Logs[entry.Partition] : new TreeHead(0, Rfc9162.EmptyRoot);
            if (entry.Position > log.Size) newer++;
            else if (!paths.TryGetValue(entry.Turn, out var path))
                findings.Fail("proof-missing", $"The entry of turn {entry.Turn} is older than the checkpoint and has no proof.");
            else if (!Rfc9162.Includes(entry.Leaf, entry.Position - 1, log.Size, path, log.Root))
                findings.Fail(
                    "proof-wrong",
                    $"The entry of turn {entry.Turn} is not what was sealed at its position: it was changed, inserted or backdated later.");
            else proven++;
        }
        if (findings.Failed("proof-missing") + findings.Failed("proof-wrong") == 0)
            findings.Pass("proofs", $"{proven} entries are in the sealed log, each at its position.");
        if (newer > 0)
            findings.Note("newer", $"{newer} entries are newer than the checkpoint and not sealed yet. Check again with a later archive.");
    }
}
