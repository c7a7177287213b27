using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Scoring.Checkpoints;

namespace Scoring.Audit;

/// <summary>
/// Derives the positions that an audit's draw selects, in order. They follow from the draw's id, which was published first, and from a
/// checkpoint that was made later. So neither the auditor nor the platform can choose them.
/// <code>
/// seed  = SHA-256( "scoring draw 1\n" ‖ draw ‖ "\n" ‖ text of the checkpoint's note )
/// index = first 16 bytes of SHA-256( seed ‖ candidate (8) ), unsigned, modulo the leaves of all partitions in order
/// </code>
/// Integers are big-endian. The bias of the modulo is under 2^-64.
/// </summary>
public static class DrawSequence
{
    /// <summary>The first picks of a draw; none when the checkpoint covers no entries.</summary>
    /// <param name="drawId">The draw's id, 22 characters of base64url.</param>
    /// <param name="checkpoint">The first checkpoint after the draw was requested.</param>
    /// <param name="count">The number of candidates, 0 or more.</param>
    public static IEnumerable<DrawPick> Of(string drawId, Checkpoint checkpoint, int count)
    {
        var total = checkpoint.Logs.Sum(log => log.Size);
        if (total == 0) yield break;
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes($"scoring draw 1\n{drawId}\n{CheckpointNote.TextOf(checkpoint.Note)}"));
        for (var candidate = 0L; candidate < count; candidate++)
        {
            var input = new byte[seed.Length + 8];
            seed.CopyTo(input, 0);
            BinaryPrimitives.WriteInt64BigEndian(input.AsSpan(seed.Length), candidate);
            var drawn = new BigInteger(SHA256.HashData(input).AsSpan(0, 16), isUnsigned: true, isBigEndian: true);
            var index = (long)(drawn % total);
            var partition = 0;
            while (index >= checkpoint.Logs[partition].Size) index -= checkpoint.Logs[partition++].Size;
            yield return new DrawPick(0, candidate, checkpoint.Logs[partition].Partition, index + 1);
        }
    }
}
