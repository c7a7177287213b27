using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.Audit;

/// <summary>A step of a draw.</summary>
/// <param name="Hash">The first 16 bytes of the candidate's hash, in hexadecimal digits.</param>
/// <param name="Index">That number, modulo the leaves of all partitions.</param>
/// <param name="Partition">The partition in which the index lies.</param>
/// <param name="Position">The position in it, from 1.</param>
public sealed record DrawStep(string Hash, long Index, int Partition, long Position);

/// <summary>
/// Repeats a draw from its name and the note of the checkpoint that decided it, by the rule of docs/audit.md, so that a person sees each
/// number of it.
/// </summary>
public sealed class DrawWorking
{
    private const int HashBytes = 16;

    private readonly byte[] _seed;
    private readonly IReadOnlyList<(int Partition, long Size)> _logs;

    private DrawWorking(byte[] seed, IReadOnlyList<(int Partition, long Size)> logs)
    {
        _seed = seed;
        _logs = logs;
        Leaves = logs.Sum(log => log.Size);
    }

    /// <summary>The seed in hexadecimal digits.</summary>
    public string Seed => Convert.ToHexStringLower(_seed);

    /// <summary>The leaves of all partitions.</summary>
    public long Leaves { get; }

    /// <summary>Reads a note; <see langword="null"/> when it has another form, or covers no leaf.</summary>
    /// <param name="draw">The draw's name.</param>
    /// <param name="note">The signed note of the checkpoint that decided the draw.</param>
    public static DrawWorking? Read(string draw, string note)
    {
        var end = note.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) return null;
        var text = note[..(end + 1)];
        var logs = new List<(int Partition, long Size)>();
        foreach (var words in text.Split('\n').Select(line => line.Split(' ')).Where(words => words is ["partition", _, _, _]))
        {
            if (!int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
                || !long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return null;
            logs.Add((partition, size));
        }
        var working = new DrawWorking(SHA256.HashData(Encoding.UTF8.GetBytes($"scoring draw 1\n{draw}\n{text}")), logs);
        return working.Leaves > 0 ? working : null;
    }

    /// <summary>Returns the step of a candidate, which is 0 or more.</summary>
    public DrawStep Step(long candidate)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, candidate);
        var hash = SHA256.HashData([.. _seed, .. number]).AsSpan(0, HashBytes);
        var index = (long)(new BigInteger(hash, isUnsigned: true, isBigEndian: true) % Leaves);
        var within = index;
        var log = 0;
        while (within >= _logs[log].Size) within -= _logs[log++].Size;
        return new DrawStep(Convert.ToHexStringLower(hash), index, _logs[log].Partition, within + 1);
    }
}
