using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// The append-only ledger: the truth that everything else is a fold of. Every writer locks the partitions concerned first, in ascending
/// order, and decides in the statement after. Implementations pass one contract suite.
/// </summary>
public interface ILedger
{
    /// <summary>How many partitions there are; fixed when the ledger is created.</summary>
    int PartitionCount { get; }

    /// <summary>
    /// Appends events; returns when every one that counts is durable. Passed over without a trace: handles that no enrolled,
    /// unrestricted, unsuspended subject has, instants before the handle's start, keys already known to the subject.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">Past the limits or out of reach; the batch may simply be sent again.</exception>
    Task AppendEvents(IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken);

    /// <summary>
    /// Appends a query entry for the bearer of a grant, or finds the one already there under the same key; <see langword="null"/> when
    /// the grant leads to no subject that may be asked about. Costs the same either way: nobody found still writes to the log.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">Nothing could be written, so there must be no answer.</exception>
    Task<QueryTurn?> AppendQuery(QueryToAppend query, CancellationToken cancellationToken);

    /// <summary>Entries of one subject in ascending turns, those after <paramref name="turn"/>, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<Entry>> ReadSubject(SubjectId subject, long turn, int count, CancellationToken cancellationToken);

    /// <summary>A subject's newest entries with turns below <paramref name="below"/>, in descending turns.</summary>
    Task<IReadOnlyList<Entry>> ReadSubjectBackwards(SubjectId subject, long below, int count, CancellationToken cancellationToken);

    /// <summary>
    /// A subject's newest looks, entries of <see cref="EntryKind.Queried"/> and <see cref="EntryKind.Looked"/>, with turns below
    /// <paramref name="below"/>, in descending turns.
    /// </summary>
    Task<IReadOnlyList<Entry>> ReadAccessesBackwards(SubjectId subject, long below, int count, CancellationToken cancellationToken);

    /// <summary>The run of one partition after <paramref name="position"/>, at most <paramref name="count"/> rows long.</summary>
    Task<LedgerSlice> ReadPartition(int partition, long position, int count, CancellationToken cancellationToken);

    /// <summary>What the platform needs to know of a living subject to fold it; <see langword="null"/> when it has left.</summary>
    Task<SubjectRecord?> FindSubject(SubjectId subject, CancellationToken cancellationToken);

    /// <summary>A subject's snapshot, if any.</summary>
    Task<Snapshot?> ReadSnapshot(SubjectId subject, CancellationToken cancellationToken);

    /// <summary>Keeps a snapshot, unless the subject has left or a later one is kept; a cache, losing it loses nothing.</summary>
    Task WriteSnapshot(SubjectId subject, Snapshot snapshot, CancellationToken cancellationToken);
}

/// <summary>Last positions of the partitions, fed by one poll a silo and at once by the silo's own appends.</summary>
public interface ILedgerHeads
{
    /// <summary>The last committed position known of a partition; 0 when it is empty.</summary>
    long Head(int partition);

    /// <summary>Returns once the partition's head is past <paramref name="position"/>, or throws when cancelled.</summary>
    ValueTask Past(int partition, long position, CancellationToken cancellationToken);
}

/// <summary>An event on its way into the ledger.</summary>
/// <param name="HandleHash">Keyed hash of source, programme and handle, 32 bytes.</param>
/// <param name="Key">First 16 bytes of SHA-256(source ‖ id, length-prefixed).</param>
/// <param name="Instant">When it happened; compared with the handle's start, not stored.</param>
/// <param name="Day">Its day in the programme's zone.</param>
/// <param name="Body">The entry's body.</param>
public sealed record EventToAppend(byte[] HandleHash, Guid Key, DateTimeOffset Instant, DateOnly Day, byte[] Body);

/// <summary>A service's question on its way into the ledger.</summary>
/// <param name="GrantHash">Keyed hash of service and grant token, 32 bytes.</param>
/// <param name="Key">The same for the same grant within one validity.</param>
/// <param name="At">When it is asked; a grant that has ended by then leads nowhere.</param>
/// <param name="Day">That instant's day in the service's programme.</param>
/// <param name="BodyPrefix">
/// The body up to the grant's id, which only the append knows: the body is <c>BodyPrefix ‖ id ‖ BodySuffix</c>.
/// </param>
/// <param name="BodySuffix">The rest of it.</param>
public sealed record QueryToAppend(
    byte[] GrantHash, Guid Key, DateTimeOffset At, DateOnly Day, byte[] BodyPrefix, byte[] BodySuffix);

/// <summary>Where a query's own entry stands.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Kind">What kind of subject.</param>
/// <param name="Turn">The entry's turn: the answer is the fold of all turns below.</param>
/// <param name="Day">The entry's day: the answer is the score on that day.</param>
public sealed record QueryTurn(SubjectId Subject, SubjectKind Kind, long Turn, DateOnly Day);

/// <summary>What is stored of a living subject.</summary>
/// <param name="Subject">Its number.</param>
/// <param name="Programme">Its programme.</param>
/// <param name="Partition">Its partition.</param>
public sealed record SubjectRecord(SubjectId Subject, Programmes.ProgrammeId Programme, int Partition);

/// <summary>A fold, kept.</summary>
/// <param name="Turn">The last turn in it.</param>
/// <param name="RuleBookHash">Of the programme's rule book it was made under; on mismatch it is discarded.</param>
/// <param name="FoldVersion">Of the code that made it; on mismatch it is discarded.</param>
/// <param name="State">The fold's state in its own versioned form.</param>
public sealed record Snapshot(long Turn, string RuleBookHash, int FoldVersion, byte[] State)
{
    /// <summary>The earliest day of which it holds anything: past its retention the snapshot goes. <see langword="null"/> is not
    /// known.</summary>
    public DateOnly? Oldest { get; init; }
}
