using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// The append-only ledger. It is the truth, and everything else is a fold of it. Every write locks its partitions first, in ascending
/// order, and decides in the next statement. All implementations pass one contract suite.
/// </summary>
/// <exception cref="LedgerUnavailableException">The ledger cannot be reached (from every method).</exception>
public interface ILedger
{
    /// <summary>The number of partitions. It is fixed when the ledger is created.</summary>
    int PartitionCount { get; }

    /// <summary>
    /// Appends events, and returns when every event that counts is durable. It leaves out, without a trace: handles that no enrolled,
    /// unrestricted, unsuspended subject has, instants before the handle's start, and keys that the subject has already.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">
    /// The ledger is past its limits or cannot be reached. The same batch may be sent again.
    /// </exception>
    Task AppendEvents(IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken);

    /// <summary>
    /// Appends a query entry for the subject of a grant, or finds the entry that has the same key already. Returns <see langword="null"/>
    /// when the grant leads to no subject that may be queried. Both cases cost the same: without a subject the append still writes to the
    /// database's log.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">Nothing could be written, so there must be no answer.</exception>
    Task<QueryTurn?> AppendQuery(QueryToAppend query, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a subject's entries with turns above <paramref name="turn"/>, in ascending turns, at most <paramref name="count"/>.
    /// </summary>
    Task<IReadOnlyList<Entry>> ReadSubject(SubjectId subject, long turn, int count, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="ReadSubject"/>, for a fold: the bodies that no fold reads, such as a consent's receipt, are empty. See
    /// <see cref="Scores.FoldState.ReadsBody"/>.
    /// </summary>
    Task<IReadOnlyList<Entry>> ReadForFold(SubjectId subject, long turn, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Reads everything with which a fold starts, as of one moment: the subject, its snapshot, and its first entries in the form of
    /// <see cref="ReadForFold"/>; <see langword="null"/> when it has left. It takes one round trip, which reads of several subjects share.
    /// </summary>
    /// <param name="subject">The subject.</param>
    /// <param name="start">Where the entries start.</param>
    /// <param name="count">The greatest number of entries, from 1.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<SubjectHistory?> ReadHistory(SubjectId subject, HistoryStart start, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a subject's newest entries with turns below <paramref name="below"/>, in descending turns, at most <paramref name="count"/>.
    /// </summary>
    Task<IReadOnlyList<Entry>> ReadSubjectBackwards(SubjectId subject, long below, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a subject's newest accesses, which are entries of <see cref="EntryKind.Queried"/> and <see cref="EntryKind.Looked"/>, with
    /// turns below <paramref name="below"/>, in descending turns, at most <paramref name="count"/>.
    /// </summary>
    Task<IReadOnlyList<Entry>> ReadAccessesBackwards(SubjectId subject, long below, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a partition's rows after <paramref name="position"/>, at most <paramref name="count"/>, for folds: as in
    /// <see cref="ReadForFold"/>, the bodies that no fold reads are empty.
    /// </summary>
    Task<LedgerSlice> ReadPartition(int partition, long position, int count, CancellationToken cancellationToken);

    /// <summary>Returns what a fold needs to know of an enrolled subject; <see langword="null"/> when it has left.</summary>
    Task<SubjectRecord?> FindSubject(SubjectId subject, CancellationToken cancellationToken);

    /// <summary>Returns a subject's snapshot; <see langword="null"/> when there is none.</summary>
    Task<Snapshot?> ReadSnapshot(SubjectId subject, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a snapshot, unless the subject has left or a later snapshot is stored. Snapshots are a cache: losing one loses nothing.
    /// </summary>
    Task WriteSnapshot(SubjectId subject, Snapshot snapshot, CancellationToken cancellationToken);
}

/// <summary>Knows the last positions of the partitions, from one poll for each silo and immediately from the silo's own appends.</summary>
public interface ILedgerHeads
{
    /// <summary>Returns the last known committed position of a partition; 0 when it is empty.</summary>
    long Head(int partition);

    /// <summary>Returns once the partition's head is past <paramref name="position"/>.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    ValueTask Past(int partition, long position, CancellationToken cancellationToken);
}

/// <summary>An event to append to the ledger.</summary>
/// <param name="HandleHash">Keyed hash of source, programme and handle, 32 bytes.</param>
/// <param name="Key">The first 16 bytes of SHA-256(source ‖ id, length-prefixed).</param>
/// <param name="Instant">The instant of the event. It is compared with the handle's start and not stored.</param>
/// <param name="Day">That instant's day in the programme's zone.</param>
/// <param name="Body">The entry's body.</param>
public sealed record EventToAppend(byte[] HandleHash, Guid Key, DateTimeOffset Instant, DateOnly Day, byte[] Body);

/// <summary>A service's query to append to the ledger.</summary>
/// <param name="GrantHash">Keyed hash of service and grant token, 32 bytes.</param>
/// <param name="Key">The entry's key. It is the same for the same grant within one validity.</param>
/// <param name="At">The instant of the query. A grant that has ended by then leads to no subject.</param>
/// <param name="Day">That instant's day in the service's programme.</param>
/// <param name="BodyPrefix">
/// The body up to the grant's id, which only the append knows. The body is <c>BodyPrefix ‖ id ‖ BodySuffix</c>.
/// </param>
/// <param name="BodySuffix">The body after the grant's id.</param>
public sealed record QueryToAppend(
    byte[] GrantHash, Guid Key, DateTimeOffset At, DateOnly Day, byte[] BodyPrefix, byte[] BodySuffix);

/// <summary>The place of a query's own entry.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Kind">The subject's kind.</param>
/// <param name="Turn">The entry's turn. The answer is the fold of all turns below it.</param>
/// <param name="Day">The entry's day. The answer is the score on that day.</param>
public sealed record QueryTurn(SubjectId Subject, SubjectKind Kind, long Turn, DateOnly Day);

/// <summary>What a fold needs to know of an enrolled subject.</summary>
/// <param name="Subject">Its number.</param>
/// <param name="Programme">Its programme.</param>
/// <param name="Partition">Its partition.</param>
public sealed record SubjectRecord(SubjectId Subject, Programmes.ProgrammeId Programme, int Partition);

/// <summary>Where the entries of a <see cref="SubjectHistory"/> start.</summary>
public enum HistoryStart
{
    /// <summary>After the turn of the stored snapshot; with the first entry when there is none.</summary>
    Snapshot = 1,

    /// <summary>With the first entry.</summary>
    FirstEntry = 2,
}

/// <summary>What a fold starts with, all of it as of one moment.</summary>
/// <param name="Record">The subject.</param>
/// <param name="Snapshot">Its snapshot; <see langword="null"/> when there is none.</param>
/// <param name="Entries">Its entries in ascending turns, without those past their retention. See <see cref="HistoryStart"/>.</param>
public sealed record SubjectHistory(SubjectRecord Record, Snapshot? Snapshot, IReadOnlyList<Entry> Entries);

/// <summary>A stored fold.</summary>
/// <param name="Turn">The last turn in it.</param>
/// <param name="RuleBookHash">Hash of the programme's rules under which it was folded. On a mismatch it is discarded.</param>
/// <param name="FoldVersion">Version of the code that folded it. On a mismatch it is discarded.</param>
/// <param name="State">The fold's state in its own versioned form.</param>
public sealed record Snapshot(long Turn, string RuleBookHash, int FoldVersion, byte[] State)
{
    /// <summary>
    /// The earliest day of which it holds points. The snapshot is deleted once that day is past its retention. <see langword="null"/> when
    /// it is not known.
    /// </summary>
    public DateOnly? Oldest { get; init; }
}
