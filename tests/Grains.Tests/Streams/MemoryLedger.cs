using System.Collections.Immutable;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Streams;

/// <summary>
/// The ledger in memory for tests: every write is one transaction under one lock, numbers are gapless, reading sees what is committed.
/// Every call gives up its turn first, so that callers interleave as they would around a database.
/// </summary>
public sealed partial class MemoryLedger(int partitionCount) : ILedger, ILedgerHeads
{
    private readonly Lock _gate = new();
    private readonly List<Entry?>[] _partitions = [.. Enumerable.Range(0, partitionCount).Select(_ => new List<Entry?>())];
    private readonly TaskCompletionSource[] _grown = [.. Enumerable.Range(0, partitionCount).Select(_ => NewSource())];
    private readonly Dictionary<SubjectId, Person> _people = [];
    private readonly Dictionary<string, (SubjectId Subject, DateTimeOffset Since)> _handles = [];
    private readonly Dictionary<string, (SubjectId Subject, NewGrant Grant)> _grants = [];
    private readonly Dictionary<SubjectId, int> _reads = [];

    /// <summary>When set, writing fails as past its limits.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>Awaited by every reading of a subject.</summary>
    public Func<SubjectId, Task>? BeforeRead { get; set; }

    /// <summary>Which turns are held no longer, as past their retention.</summary>
    public Predicate<long>? IsGone { get; set; }

    /// <summary>May leave the start of a slice out: how a stream loses something.</summary>
    public Func<LedgerSlice, int, LedgerSlice>? Meddle { get; set; }

    public HashSet<ProgrammeId> Suspended { get; } = [];

    /// <summary>How many rows writing to the log cost, whoever was found.</summary>
    public int Pulses { get; private set; }

    public int SnapshotsWritten { get; private set; }

    public int PartitionCount => partitionCount;

    public int Reads(SubjectId subject)
    {
        lock (_gate) return _reads.GetValueOrDefault(subject);
    }

    public int ReadsOfAnybody
    {
        get { lock (_gate) return _reads.Values.Sum(); }
    }

    public SubjectId OnlySubject
    {
        get { lock (_gate) return _people.Keys.Single(); }
    }

    public IReadOnlyList<Entry> EntriesOf(SubjectId subject)
    {
        lock (_gate) return _people.TryGetValue(subject, out var person) ? [.. person.Entries] : [];
    }

    public Snapshot? SnapshotOf(SubjectId subject)
    {
        lock (_gate) return _people.GetValueOrDefault(subject)?.Snapshot;
    }

    /// <summary>Enrols without a proof.</summary>
    public SubjectId Add(long number, SubjectKind kind, ProgrammeId programme, byte[]? handleHash = null)
    {
        lock (_gate)
        {
            var subject = new SubjectId(number);
            _people.Add(subject, new Person(kind, programme, (int)((ulong)number % (ulong)partitionCount)));
            if (handleHash is not null) _handles[Name(handleHash)] = (subject, DateTimeOffset.MinValue);
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
                if (_handles.TryGetValue(Name(e.HandleHash), out var linked) && linked.Since <= e.Instant && IsScored(linked.Subject))
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
            if (!_grants.TryGetValue(Name(query.GrantHash), out var granted) || granted.Grant.Until <= query.At) return null;
            if (!IsScored(granted.Subject)) return null;
            var person = _people[granted.Subject];
            byte[] body = [.. query.BodyPrefix, .. System.Text.Encoding.UTF8.GetBytes(granted.Grant.Id), .. query.BodySuffix];
            if (!person.Keys.TryGetValue(query.Key, out var turn))
            {
                if (!TakeUse(granted.Grant)) return null;
                turn = Write(granted.Subject, EntryKind.Queried, query.Key, query.Day, body)!.Value;
            }
            return new QueryTurn(granted.Subject, person.Kind, turn, person.Entries[(int)turn - 1].Day);
        }
    }

    public async Task<IReadOnlyList<Entry>> ReadSubject(SubjectId subject, long turn, int count, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (BeforeRead is { } before) await before(subject);
        lock (_gate)
        {
            _reads[subject] = _reads.GetValueOrDefault(subject) + 1;
            return _people.TryGetValue(subject, out var person)
                ? [.. person.Entries.Where(e => e.Turn > turn && IsGone?.Invoke(e.Turn) != true).Take(count)]
                : [];
        }
    }

    public async Task<IReadOnlyList<Entry>> ReadSubjectBackwards(
        SubjectId subject, long below, int count, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return _people.TryGetValue(subject, out var person)
                ? [.. person.Entries.Where(e => e.Turn < below && IsGone?.Invoke(e.Turn) != true).Reverse().Take(count)]
                : [];
        }
    }

    public async Task<IReadOnlyList<Entry>> ReadAccessesBackwards(
        SubjectId subject, long below, int count, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return _people.TryGetValue(subject, out var person)
                ? [.. person.Entries.Where(e => e.Turn < below && e.Kind is (EntryKind.Queried or EntryKind.Looked))
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
            slice = new LedgerSlice(partition, position, position + rows.Count, [.. rows.OfType<Entry>()]);
        }
        return Meddle?.Invoke(slice, count) ?? slice;
    }

    public async Task<SubjectRecord?> FindSubject(SubjectId subject, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return _people.TryGetValue(subject, out var person) ? new SubjectRecord(subject, person.Programme, person.Partition) : null;
        }
    }

    public Task<Snapshot?> ReadSnapshot(SubjectId subject, CancellationToken cancellationToken) => Task.FromResult(SnapshotOf(subject));

    public async Task WriteSnapshot(SubjectId subject, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_people.TryGetValue(subject, out var person) || person.Snapshot?.Turn >= snapshot.Turn) return;
            person.Snapshot = snapshot;
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

    private bool IsScored(SubjectId subject) => _people.TryGetValue(subject, out var person)
        && !Suspended.Contains(person.Programme) && person.Record is not { Restricted: true };

    private long? Write(SubjectId subject, EntryKind kind, Guid key, DateOnly day, byte[] body)
    {
        var person = _people[subject];
        var rows = _partitions[person.Partition];
        if (!person.Keys.TryAdd(key, person.Entries.Count + 1)) return null;
        var entry = new Entry(person.Partition, rows.Count + 1, subject, person.Entries.Count + 1, kind, day, body);
        person.Entries.Add(entry);
        rows.Add(entry);
        Grow(person.Partition);
        return entry.Turn;
    }

    private void Grow(int partition)
    {
        var grown = _grown[partition];
        _grown[partition] = NewSource();
        grown.SetResult();
    }

    private static string Name(byte[] hash) => Convert.ToHexString(hash);

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Person(SubjectKind kind, ProgrammeId programme, int partition)
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
