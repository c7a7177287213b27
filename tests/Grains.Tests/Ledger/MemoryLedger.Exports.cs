using System.Buffers.Binary;
using System.Security.Cryptography;
using Scoring.Checkpoints;
using Scoring.Exports;
using Scoring.Subjects;

namespace Scoring.Ledger;

public sealed partial class MemoryLedger : IExportStore
{
    /// <summary>The checkpoints that a test has added.</summary>
    public MemoryCheckpointStore Checkpoints { get; } = new();

    /// <summary>The ledger key of every subject.</summary>
    public static readonly byte[] LedgerKey = [.. Enumerable.Repeat((byte)9, 32)];

    public async Task<IReadOnlyList<ExportedEntry>> ReadEntries(
        SubjectId subject, long after, long upTo, int count, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (BeforeRead is { } before) await before(subject);
        lock (_gate)
        {
            if (!_subjects.TryGetValue(subject, out var stored)) return [];
            var keys = stored.Keys.ToDictionary(pair => pair.Value, pair => pair.Key);
            return [.. stored.Entries.Where(e => e.Turn > after && e.Turn <= upTo && IsExpired?.Invoke(e.Turn) != true).Take(count)
                .Select(e => new ExportedEntry(e, keys[e.Turn], Nonce(e.Turn), Leaf.Of(LedgerKey, e, keys[e.Turn])))];
        }
    }

    public async Task<IReadOnlyList<Entry>> ReadKinds(
        SubjectId subject, IReadOnlyList<EntryKind> kinds, long after, long upTo, int count, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return _subjects.TryGetValue(subject, out var stored)
                ? [.. stored.Entries
                    .Where(e => e.Turn > after && e.Turn <= upTo && kinds.Contains(e.Kind) && IsExpired?.Invoke(e.Turn) != true)
                    .Take(count)]
                : [];
        }
    }

    private static byte[] Nonce(long turn)
    {
        Span<byte> input = stackalloc byte[40];
        LedgerKey.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[32..], turn);
        return SHA256.HashData(input);
    }
}
