using Scoring.Administration;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Inbox;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Audit;

/// <summary>
/// Reads and writes the ledger for auditors. Every read from a name to a subject reads one row of one programme. Writes about a subject
/// follow the ledger's order: lock the partitions, then decide.
/// </summary>
/// <exception cref="LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
public interface IAuditStore
{
    /// <summary>
    /// Stores a case and its administrative action. Returns <see langword="false"/> when its auditor has opened
    /// <paramref name="perDayMax"/> cases on that day.
    /// </summary>
    Task<bool> OpenCase(AuditCase opened, string auditor, int perDayMax, NewAdminAction act, CancellationToken cancellationToken);

    /// <summary>Returns an auditor's case, expired or not; <see langword="null"/> when there is none.</summary>
    Task<AuditCase?> FindCase(string caseId, string auditor, CancellationToken cancellationToken);

    /// <summary>
    /// Lists an auditor's cases whose last day is <paramref name="from"/> or later, earliest end first, at most <paramref name="count"/>.
    /// </summary>
    Task<IReadOnlyList<AuditCase>> OpenCases(string auditor, DateOnly from, int count, CancellationToken cancellationToken);

    /// <summary>Lists the draws of cases, by case and name, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<DrawSummary>> DrawsOf(IReadOnlyList<string> cases, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a code's hash with its entry. Returns <see langword="null"/> when there is no enrolment, and <see langword="false"/> when the
    /// subject has <paramref name="countMax"/> valid codes.
    /// </summary>
    Task<bool?> AddCode(
        byte[] locator, byte[] hash, DateOnly today, DateOnly expiresOn, int countMax, EntryToAppend entry,
        CancellationToken cancellationToken);

    /// <summary>
    /// Resolves a name in a programme. Returns <see langword="null"/> when it leads to no subject, the subject has left, or the subject is
    /// paused.
    /// </summary>
    Task<ResolvedSubject?> Resolve(SubjectLookup lookup, ProgrammeId programme, DateOnly today, CancellationToken cancellationToken);

    /// <summary>
    /// Appends an access under the subject's lock, unless its entry exists already. Returns the entry's turn; <see langword="null"/> when
    /// the name no longer leads to that subject.
    /// </summary>
    Task<long?> AppendAccess(
        SubjectLookup lookup, ProgrammeId programme, DateOnly today, SubjectId subject, EntryToAppend entry,
        CancellationToken cancellationToken);

    /// <summary>Tells whether an access's entry exists and its subject may still be accessed.</summary>
    Task<bool> HasAccess(SubjectId subject, Guid key, CancellationToken cancellationToken);

    /// <summary>Returns a subject's last turn up to a position, inclusive; 0 when there is none.</summary>
    Task<long> LastTurn(SubjectId subject, long position, CancellationToken cancellationToken);

    /// <summary>
    /// Returns kind and day of one entry, and the latest day of the entries up to it; <see langword="null"/> when there is no such entry.
    /// </summary>
    Task<(EntryKind Kind, DateOnly Day, DateOnly Latest)?> DayOf(SubjectId subject, long turn, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a request for a draw. Returns <see langword="false"/> when the case has <paramref name="drawsMax"/> draws.
    /// </summary>
    Task<bool> RequestDraw(string drawId, string caseId, int count, long askedAfter, int drawsMax, CancellationToken cancellationToken);

    /// <summary>Returns a draw of one of an auditor's cases, with its picks; <see langword="null"/> when there is none.</summary>
    Task<(AuditDraw Draw, AuditCase Case)?> FindDraw(string drawId, string auditor, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a draw's picks: of the candidate places, the first <paramref name="count"/> that hold an entry of an enrolled subject of the
    /// programme that is not paused, each subject once. It stores nothing when the draw is fixed already, or one of the subjects leaves at
    /// this moment.
    /// </summary>
    Task FixDraw(
        string drawId, ProgrammeId programme, long checkpoint, IReadOnlyList<DrawPick> candidates, int count,
        CancellationToken cancellationToken);

    /// <summary>
    /// Reads rows of a partition with positions above <paramref name="after"/> up to <paramref name="upTo"/>, at most
    /// <paramref name="count"/>.
    /// </summary>
    Task<IReadOnlyList<LedgerRow>> Rows(int partition, long after, long upTo, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Reads only the tombstones of a partition with positions above <paramref name="after"/>, at most <paramref name="count"/>.
    /// </summary>
    Task<IReadOnlyList<LedgerRow>> Tombstones(int partition, long after, int count, CancellationToken cancellationToken);

    /// <summary>Reads public entries of partition 0: day, body and leaf by position.</summary>
    Task<IReadOnlyList<(long Position, DateOnly Day, byte[] Body, byte[] Leaf)>> Acts(
        IReadOnlyList<long> positions, CancellationToken cancellationToken);
}

/// <summary>A name in the form that the store resolves. Exactly one of reference, contest, code hash and draw is set.</summary>
/// <param name="Reference">The key of a query's entry.</param>
/// <param name="Contest">The name of a contest.</param>
/// <param name="CodeHash">The keyed hash of an audit code, 32 bytes.</param>
/// <param name="Draw">A draw.</param>
/// <param name="Pick">The number of a pick of the draw, from 1; 0 without a draw.</param>
/// <param name="Case">The case to which the draw must belong.</param>
public sealed record SubjectLookup(Guid? Reference, string? Contest, byte[]? CodeHash, string? Draw, int Pick, string Case);

/// <summary>The subject to which a name leads.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Turn">The last turn of its history.</param>
/// <param name="NamedTurn">The turn of the named entry, only for a reference.</param>
public sealed record ResolvedSubject(SubjectId Subject, SubjectKind Kind, int Partition, long Turn, long? NamedTurn);
