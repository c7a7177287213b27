using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>
/// What is published and what administrators did. Each call is one transaction in which the act becomes a public entry of partition 0 by
/// the ledger's road (the partition's lock first), is numbered gaplessly, and takes its effect. An act whose key is known already changes
/// nothing and returns its number: every call may be repeated. What takes effect is known to this silo's rule book when the call returns,
/// or by its next look.
/// </summary>
public interface IProgrammeStore
{
    /// <summary>Everything published at this moment, read from the database, not from this silo's rule book.</summary>
    Task<PublishedState> Read(CancellationToken cancellationToken);

    /// <summary>Writes an act that changes nothing else.</summary>
    Task<long> Record(NewAdminAction act, CancellationToken cancellationToken);

    /// <summary>Publishes a version: its terms, rule set and assessment.</summary>
    /// <exception cref="InvalidOperationException">Another version has its number, or the one before is missing: a defect.</exception>
    Task<long> Publish(ProgrammeVersion version, NewAdminAction act, CancellationToken cancellationToken);

    /// <summary>Suspends or resumes a programme: from the commit on, no append anywhere resolves its subjects, or does again.</summary>
    Task<long> SetSuspended(ProgrammeId programme, bool suspended, NewAdminAction act, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a programme: from the commit on nothing resolves. Its enrolments are then erased by the sweeper, each as by its own withdrawal.
    /// </summary>
    Task<long> EndProgramme(ProgrammeId programme, NewAdminAction act, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a registration as it now stands. A document that is replaced stays in the record by its hash; a stopped registration keeps its
    /// document.
    /// </summary>
    Task<long> Register(
        RegistrationKind kind, string id, byte[] document, RegistrationStatus status, NewAdminAction act,
        CancellationToken cancellationToken);

    /// <summary>Acts with numbers above <paramref name="after"/>, of a programme and of all programmes, in ascending numbers.</summary>
    Task<IReadOnlyList<RecordedAdminAction>> ReadRecord(ProgrammeId programme, long after, int count, CancellationToken cancellationToken);
}
