using Scoring.Administration;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Audit;

/// <summary>
/// What auditors' questions need of the ledger. Everything that leads from a name to a subject reads one row of one programme; what is
/// written about a subject takes the ledger's road.
/// </summary>
/// <exception cref="LedgerUnavailableException">The ledger is out of reach (from every member).</exception>
public interface IAuditStore
{
    /// <summary>
    /// Keeps a case together with its act; <see langword="false"/> when its auditor has opened so many on that day already.
    /// </summary>
    Task<bool> OpenCase(AuditCase opened, string auditor, int perDayMax, NewAdminAction act, CancellationToken cancellationToken);

    /// <summary>An auditor's case, whether it has ended or not; <see langword="null"/> when there is none.</summary>
    Task<AuditCase?> FindCase(string caseId, string auditor, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a code's hash with its entry; <see langword="null"/> for nobody, <see langword="false"/> when there are so many.
    /// </summary>
    Task<bool?> AddCode(
        byte[] locator, byte[] hash, DateOnly today, DateOnly expiresOn, int countMax, EntryToAppend entry,
        CancellationToken cancellationToken);

    /// <summary>
    /// Where a name leads in a programme; <see langword="null"/> for nobody, for who has left, and while everything is paused.
    /// </summary>
    Task<ResolvedSubject?> Resolve(SubjectLookup way, ProgrammeId programme, DateOnly today, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a look under the subject's lock, unless its entry is there already; returns its turn, or <see langword="null"/> when the name
    /// leads to that subject no more.
    /// </summary>
    Task<long?> AppendAccess(
        SubjectLookup way, ProgrammeId programme, DateOnly today, SubjectId subject, EntryToAppend entry,
        CancellationToken cancellationToken);

    /// <summary>Whether a look's entry stands and its subject may still be looked at.</summary>
    Task<bool> HasAccess(SubjectId subject, Guid key, CancellationToken cancellationToken);

    /// <summary>The last turn up to a position; 0 for none.</summary>
    Task<long> LastTurn(SubjectId subject, long position, CancellationToken cancellationToken);

    /// <summary>Kind and day of one entry, and the latest day of those up to it; <see langword="null"/> when there is none.</summary>
    Task<(EntryKind Kind, DateOnly Day, DateOnly Latest)?> DayOf(SubjectId subject, long turn, CancellationToken cancellationToken);

    /// <summary>Notes a draw; <see langword="false"/> when the case has so many.</summary>
    Task<bool> RequestDraw(string drawId, string caseId, int count, long askedAfter, int drawsMax, CancellationToken cancellationToken);

    /// <summary>A draw of one of an auditor's cases, with its picks; <see langword="null"/> when there is none.</summary>
    Task<(AuditDraw Draw, AuditCase Case)?> FindDraw(string drawId, string auditor, CancellationToken cancellationToken);

    /// <summary>
    /// Of places in the ledger, those at which an entry of a living subject of the programme stands that is not paused, each subject once,
    /// the first <paramref name="count"/>; kept as the draw's picks unless it is fixed already, or one
    /// of them leaves at this moment.
    /// </summary>
    Task FixDraw(
        string drawId, ProgrammeId programme, long checkpoint, IReadOnlyList<DrawPick> candidates, int count,
        CancellationToken cancellationToken);

    /// <summary>Rows of a partition with positions above <paramref name="after"/> up to <paramref name="upTo"/>, at most so many.</summary>
    Task<IReadOnlyList<LedgerRow>> Rows(int partition, long after, long upTo, int count, CancellationToken cancellationToken);

    /// <summary>Of the rows above a position only tombstones, at most so many.</summary>
    Task<IReadOnlyList<LedgerRow>> Tombstones(int partition, long after, int count, CancellationToken cancellationToken);

    /// <summary>Public entries of partition 0: day, body and leaf by position.</summary>
    Task<IReadOnlyList<(long Position, DateOnly Day, byte[] Body, byte[] Leaf)>> Acts(
        IReadOnlyList<long> positions, CancellationToken cancellationToken);
}

/// <summary>A name as the store follows it: exactly one member is set.</summary>
/// <param name="Reference">The key of a question's entry.</param>
/// <param name="Contest">The name of a contest.</param>
/// <param name="CodeHash">The keyed hash of an audit code.</param>
/// <param name="Draw">A draw.</param>
/// <param name="Pick">A pick of it.</param>
/// <param name="Case">The case that the draw must be of.</param>
public sealed record SubjectLookup(Guid? Reference, string? Contest, byte[]? CodeHash, string? Draw, int Pick, string Case);

/// <summary>Where a name leads.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Turn">The last turn of its history.</param>
/// <param name="NamedTurn">The turn of the entry that was named, for a reference.</param>
public sealed record ResolvedSubject(SubjectId Subject, SubjectKind Kind, int Partition, long Turn, long? NamedTurn);
