using System.Collections.Immutable;
using System.Text;
using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// Keeps the ledger in memory for tests. Every write is one transaction under one lock, numbers are gapless, and a read sees what is
/// committed. Every call yields first, so that callers interleave as they do with a database.
/// </summary>
public sealed partial class MemoryLedger(int partitionCount) : ILedger, ILedgerHeads
{
    private readonly Lock _gate = new();
    private readonly List<Entry?>[] _partitions = [.. Enumerable.Range(0, partitionCount).Select(_ => new List<Entry?>())];
    private readonly TaskCompletionSource[] _grown = [.. Enumerable.Range(0, partitionCount).Select(_ => NewSource())];
    private readonly Dictionary<SubjectId, StoredSubject> _subjects = [];
    private readonly Dictionary<string, (SubjectId Subject, DateTimeOffset Since)> _handles = [];

    /// <summary>When set, every write fails as a ledger past its limits does.</summary>
    public bool IsUnavailable { get; set; }

    public HashSet<ProgrammeId> Suspended { get; } = [];

    /// <summary>The versions that widen a programme. An earlier consent lapses on their first day.</summary>
    public List<(ProgrammeId Programme, int Number, DateOnly FirstDay)> Widenings { get; } = [];

    /// <summary>The number of writes to the log, with and without a subject.</summary>
    public int Pulses { get; private set; }

    public int SnapshotsWritten { get; private set; }

    public int PartitionCount => partitionCount;

    public SubjectId OnlySubject
    {
        get { lock (_gate) return _subjects.Keys.Single(); }
    }

    public IReadOnlyList<Entry> EntriesOf(SubjectId subject)
    {
        lock (_gate) return _subjects.TryGetValue(subject, out var stored) ? [.. stored.Entries] : [];
    }

    public Snapshot? SnapshotOf(SubjectId subject)
    {
        lock (_gate) return _subjects.GetValueOrDefault(subject)?.Snapshot;
    }

    /// <summary>Enrols without a proof.</summary>
    public SubjectId Add(long number, SubjectKind kind, ProgrammeId programme, byte[]? handleHash = null)
    {
        lock (_gate)
        {
            var subject = new SubjectId(number);
            _subjects.Add(subject, new StoredSubject(kind, programme, (int)((ulong)number % (ulong)partitionCount)));
            if (handleHash is not null) _handles[Hex(handleHash)] = (subject, DateTimeOffset.MinValue);
            Write(subject, EntryKind.Enrolled, Guid.NewGuid(), default, []);
            return subject;
        }
    }

    /// <summary>Appends an entry; returns its turn.</summary>
    public long Append(SubjectId subject, EntryKind kind, DateOnly day, byte[] body)
    {
        lock (_gate) return Write(subject, kind, Guid.NewGuid(), day, body)!.Value;
    }

    public async Task AppendEvents(IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (IsUnavailable) throw new LedgerUnavailableException();
        lock (_gate)
        {
            Pulses++;
            foreach (var e in events)
            {
                if (_handles.TryGetValue(Hex(e.HandleHash), out var linked) && linked.Since <= e.Instant && IsScored(linked.Subject, e.Day))
                    Write(linked.Subject, EntryKind.Event, e.Key, e.Day, e.Body);
            }
        }
    }

    public async Task<QueryTurn?> AppendQuery(QueryToAppend query, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (IsUnavailable) throw new LedgerUnavailableException();
        lock (_gate)
        {
            Pulses++;
            if (!_grants.TryGetValue(Hex(query.GrantHash), out var granted)) return null;
            if (granted.Grant.At > query.At || granted.Grant.Until <= query.At || !IsScored(granted.Subject, query.Day)) return null;
            var stored = _subjects[granted.Subject];
            byte[] body = [.. query.BodyPrefix, .. Encoding.UTF8.GetBytes(granted.Grant.Id), .. query.BodySuffix];
            if (!stored.Keys.TryGetValue(query.Key, out var turn))
            {
                if (!TakeUse(granted.Grant)) return null;
                turn = Write(granted.Subject, EntryKind.Queried, query.Key, query.Day, body)!.Value;
            }
            return new QueryTurn(granted.Subject, stored.Kind, turn, stored.Entries[(int)turn - 1].Day);
        }
    }

    public async Task<SubjectRecord?> FindSubject(SubjectId subject, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return _subjects.TryGetValue(subject, out var stored) ? new SubjectRecord(subject, stored.Programme, stored.Partition) : null;
        }
    }

    public Task<Snapshot?> ReadSnapshot(SubjectId subject, CancellationToken cancellationToken) => Task.FromResult(SnapshotOf(subject));

    public async Task WriteSnapshot(SubjectId subject, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_subjects.TryGetValue(subject, out var stored) || stored.Snapshot?.Turn >= snapshot.Turn) return;
            stored.Snapshot = snapshot;
            SnapshotsWritten++;
        }
    }

    public long Head(int partition)
    {
        lock (_gate) return _partitions[partition].Count;
    }

    public async ValueTask Past(int partition, long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                if (_partitions[partition].Count > position) return;
                grown = _grown[partition].Task;
            }
            await grown.WaitAsync(cancellationToken);
        }
    }

    private bool IsScored(SubjectId subject, DateOnly day) => _subjects.TryGetValue(subject, out var stored)
        && !Suspended.Contains(stored.Programme) && stored.Record is not { Restricted: true }
        && !Widenings.Exists(wide =>
            wide.Programme == stored.Programme && wide.Number > (stored.Record?.Consented ?? 1) && wide.FirstDay <= day);

    private long? Write(SubjectId subject, EntryKind kind, Guid key, DateOnly day, byte[] body)
    {
        var stored = _subjects[subject];
        var rows = _partitions[stored.Partition];
        if (!stored.Keys.TryAdd(key, stored.Entries.Count + 1)) return null;
        var entry = new Entry(stored.Partition, rows.Count + 1, subject, stored.Entries.Count + 1, kind, day, body);
        stored.Entries.Add(entry);
        rows.Add(entry);
        Grow(stored.Partition);
        return entry.Turn;
    }

    private void Grow(int partition)
    {
        var grown = _grown[partition];
        _grown[partition] = NewSource();
        grown.SetResult();
    }

    private static string Hex(byte[] hash) => Convert.ToHexString(hash);

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class StoredSubject(SubjectKind kind, ProgrammeId programme, int partition)
    {
        public SubjectKind Kind { get; } = kind;

        public ProgrammeId Programme { get; } = programme;

        public int Partition { get; } = partition;

        public List<Entry> Entries { get; } = [];

        public Dictionary<Guid, long> Keys { get; } = [];

        public Snapshot? Snapshot { get; set; }

        public EnrolmentRecord? Record { get; set; }
    }
}
