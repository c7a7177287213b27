using System.Collections.Immutable;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Ledger;

public sealed partial class MemoryLedger
{
    private readonly Dictionary<SubjectId, int> _reads = [];

    /// <summary>Awaited before each read of a subject's entries.</summary>
    public Func<SubjectId, Task>? BeforeRead { get; set; }

    /// <summary>Selects the turns that are past their retention and no longer returned.</summary>
    public Predicate<long>? IsExpired { get; set; }

    /// <summary>Changes a slice of a partition. A test drops its start, as a stream that loses entries does.</summary>
    public Func<LedgerSlice, int, LedgerSlice>? SliceFault { get; set; }

    public int Reads(SubjectId subject)
    {
        lock (_gate) return _reads.GetValueOrDefault(subject);
    }

    public int TotalReads
    {
        get { lock (_gate) return _reads.Values.Sum(); }
    }

    public async Task<IReadOnlyList<Entry>> ReadSubject(SubjectId subject, long turn, int count, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (BeforeRead is { } before) await before(subject);
        lock (_gate)
        {
            _reads[subject] = _reads.GetValueOrDefault(subject) + 1;
            return _subjects.TryGetValue(subject, out var stored)
                ? [.. stored.Entries.Where(e => e.Turn > turn && IsExpired?.Invoke(e.Turn) != true).Take(count)]
                : [];
        }
    }

    public async Task<IReadOnlyList<Entry>> ReadForFold(SubjectId subject, long turn, int count, CancellationToken cancellationToken) =>
        [.. (await ReadSubject(subject, turn, count, cancellationToken)).Select(ForFold)];

    private static Entry ForFold(Entry entry) => FoldState.ReadsBody(entry.Kind) ? entry : entry with { Body = [] };

    public async Task<SubjectHistory?> ReadHistory(SubjectId subject, HistoryStart start, int count, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (BeforeRead is { } before) await before(subject);
        lock (_gate)
        {
            _reads[subject] = _reads.GetValueOrDefault(subject) + 1;
            if (!_subjects.TryGetValue(subject, out var stored)) return null;
            var turn = start == HistoryStart.Snapshot ? stored.Snapshot?.Turn ?? 0 : 0;
            return new SubjectHistory(
                new SubjectRecord(subject, stored.Programme, stored.Partition), stored.Snapshot,
                [.. stored.Entries.Where(e => e.Turn > turn && IsExpired?.Invoke(e.Turn) != true).Take(count).Select(ForFold)]);
        }
    }

    public async Task<IReadOnlyList<Entry>> ReadSubjectBackwards(
        SubjectId subject, long below, int count, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return _subjects.TryGetValue(subject, out var stored)
                ? [.. stored.Entries.Where(e => e.Turn < below && IsExpired?.Invoke(e.Turn) != true).Reverse().Take(count)]
                : [];
        }
    }

    public async Task<IReadOnlyList<Entry>> ReadAccessesBackwards(
        SubjectId subject, long below, int count, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return _subjects.TryGetValue(subject, out var stored)
                ? [.. stored.Entries
                    .Where(e => e.Turn < below && e.Kind is (EntryKind.Queried or EntryKind.Looked) && IsExpired?.Invoke(e.Turn) != true)
                    .Reverse().Take(count)]
                : [];
        }
    }

    public async Task<LedgerSlice> ReadPartition(int partition, long position, int count, CancellationToken cancellationToken)
    {
        await Task.Yield();
        LedgerSlice slice;
        lock (_gate)
        {
            var rows = _partitions[partition].Skip((int)position).Take(count).ToList();
            slice = new LedgerSlice(partition, position, position + rows.Count, [.. rows.OfType<Entry>().Select(ForFold)]);
        }
        return SliceFault?.Invoke(slice, count) ?? slice;
    }
}
