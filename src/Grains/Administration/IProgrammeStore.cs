using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>
/// Stores what is published and the record of administrative actions. Each write is one transaction: the action becomes a public entry of
/// partition 0 in the ledger's order (the partition's lock first), gets a gapless number, and takes effect. It returns the action's number.
/// An action whose key is known changes nothing and returns its known number, so every call may be repeated. This silo's rule book knows
/// the effect when the call returns, or after its next refresh.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
public interface IProgrammeStore
{
    /// <summary>Reads everything that is published now from the database, not from this silo's rule book.</summary>
    Task<PublishedState> Read(CancellationToken cancellationToken);

    /// <summary>Records an action that has no other effect.</summary>
    Task<long> Record(NewAdminAction act, CancellationToken cancellationToken);

    /// <summary>Publishes a version: its terms, rule set and assessment.</summary>
    /// <exception cref="InvalidOperationException">
    /// Another version has its number, or the version before it is missing. This is a defect.
    /// </exception>
    /// <exception cref="UnreadableChangeException">No silo could read the documents with it; nothing is written.</exception>
    Task<long> Publish(ProgrammeVersion version, NewAdminAction act, CancellationToken cancellationToken);

    /// <summary>
    /// Suspends or resumes a programme. From the commit on, no append on any silo resolves its subjects, or every append resolves them
    /// again.
    /// </summary>
    Task<long> SetSuspended(ProgrammeId programme, bool suspended, NewAdminAction act, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a programme. From the commit on, no append resolves its subjects. The sweeper then erases its enrolments, each as a withdrawal
    /// does.
    /// </summary>
    Task<long> EndProgramme(ProgrammeId programme, NewAdminAction act, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the new document and status of a registration. The record keeps the hash of a replaced document. A stopped registration keeps
    /// its document.
    /// </summary>
    /// <exception cref="UnreadableChangeException">No silo could read the documents with it; nothing is written.</exception>
    Task<long> Register(
        RegistrationKind kind, string id, byte[] document, RegistrationStatus status, NewAdminAction act,
        CancellationToken cancellationToken);

    /// <summary>
    /// Reads actions with numbers above <paramref name="after"/>, on a programme and on all programmes, in ascending numbers, at most
    /// <paramref name="count"/>.
    /// </summary>
    Task<IReadOnlyList<RecordedAdminAction>> ReadRecord(ProgrammeId programme, long after, int count, CancellationToken cancellationToken);
}
