using System.Numerics;
using System.Security.Cryptography;
using Scoring.Client;

namespace Scoring.Checkpoints;

/// <summary>
/// Checks that a later checkpoint contains an earlier one, by the steps of RFC 9162, section 2.1.4.2. <c>fn</c>, <c>sn</c>, <c>fr</c> and
/// <c>sr</c> are the names in the RFC. It checks no signature: that is for the verifier, on the auditor's own computer.
/// </summary>
internal static class ChainProof
{
    /// <summary>Tells whether the proof shows that the later checkpoint contains everything that the earlier one does.</summary>
    public static bool Holds(NoteText earlier, NoteText later, ConsistencyResponse proof)
    {
        if ((proof.From, proof.To) != (earlier.Number, later.Number) || earlier.Logs.Count != later.Logs.Count) return false;
        if (!Extends(new LogSize(earlier.Number, earlier.Root), new LogSize(later.Number, later.Root), proof.Proof)) return false;
        var logs = proof.Partitions.ToDictionary(log => log.Partition);
        for (var partition = 0; partition < earlier.Logs.Count; partition++)
        {
            var before = earlier.Logs[partition];
            var after = later.Logs[partition];
            if (before.Size == 0) continue;
            if (!logs.TryGetValue(partition, out var log) || (log.FromSize, log.ToSize) != (before.Size, after.Size)
                || !Extends(before, after, log.Proof)) return false;
        }
        return true;
    }

    private static bool Extends(LogSize earlier, LogSize later, IReadOnlyList<string> proof)
    {
        if (earlier.Size < 1 || earlier.Size > later.Size) return false;
        var from = Convert.FromBase64String(earlier.Root);
        var to = Convert.FromBase64String(later.Root);
        if (earlier.Size == later.Size) return proof.Count == 0 && from.AsSpan().SequenceEqual(to);
        List<byte[]> path = BitOperations.IsPow2(earlier.Size) ? [from] : [];
        path.AddRange(proof.Select(Convert.FromHexString));
        return path.Count > 0 && Climb(earlier.Size, later.Size, path) is var (first, second)
            && first.AsSpan().SequenceEqual(from) && second.AsSpan().SequenceEqual(to);
    }

    /// <summary>Computes both roots from the path; <see langword="null"/> when it is too long or too short.</summary>
    private static (byte[] First, byte[] Second)? Climb(long earlier, long later, List<byte[]> path)
    {
        var fn = earlier - 1;
        var sn = later - 1;
        for (; fn % 2 == 1; fn /= 2) sn /= 2;
        var fr = path[0];
        var sr = path[0];
        foreach (var node in path.Skip(1))
        {
            if (sn == 0) return null;
            if (fn % 2 == 1 || fn == sn)
            {
                fr = Node(node, fr);
                sr = Node(node, sr);
                for (; fn % 2 == 0 && fn != 0; fn /= 2) sn /= 2;
            }
            else
            {
                sr = Node(sr, node);
            }
            fn /= 2;
            sn /= 2;
        }
        return sn == 0 ? (fr, sr) : null;
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
