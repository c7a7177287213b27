using Scoring.Subjects;

namespace Scoring.Contests;

/// <summary>
/// Stores contests together with their ledger entries. Every change follows the ledger's order: lock the subject, read, call <c>decide</c>,
/// and write its step in the same transaction. A step of <see langword="null"/> writes nothing. The store may call <c>decide</c> more than
/// once; only the last step counts. A change returns <see langword="false"/> when there is no such subject or case. A contest is deleted
/// with its subject and with its event.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
public interface IContestStore
{
    /// <summary>Opens a contest of the subject's event with that turn.</summary>
    Task<bool> Open(byte[] locator, long turn, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken);

    /// <summary>Changes one of the subject's own contests.</summary>
    Task<bool> Change(byte[] locator, string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken);

    /// <summary>
    /// Changes a case, or records an access to it, for a reviewer or the platform. Partition 0 is locked too, so the step may have an
    /// administrative action.
    /// </summary>
    Task<bool> Judge(string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken);

    /// <summary>Lists a subject's contests, newest first.</summary>
    Task<IReadOnlyList<StoredContest>> OfSubject(SubjectId subject, CancellationToken cancellationToken);

    /// <summary>Returns a case with its event; <see langword="null"/> when either does not exist, or no longer.</summary>
    Task<FoundCase?> Find(string caseId, CancellationToken cancellationToken);

    /// <summary>Lists undecided contests after a place, by due day and number, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<StoredContest>> Undecided(CasePlace? after, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the same with each event's day, without contests whose event does not exist any more. It reads nothing else of the events.
    /// </summary>
    Task<IReadOnlyList<WaitingCase>> UndecidedWithDay(CasePlace? after, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Lists undecided contests of a source's events with numbers above <paramref name="after"/>, ascending, at most
    /// <paramref name="count"/>. No contest appears later with a number below one that was read.
    /// </summary>
    Task<IReadOnlyList<StoredContest>> UndecidedOf(string source, long after, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes contests whose event the ledger no longer holds. One call checks a bounded number of contests, and the next call continues
    /// after them. Returns the number deleted.
    /// </summary>
    Task<int> ForgetGone(CancellationToken cancellationToken);
}
