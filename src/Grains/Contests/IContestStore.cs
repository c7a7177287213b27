using Scoring.Subjects;

namespace Scoring.Contests;

/// <summary>
/// Contests beside their ledger entries. Every change takes the ledger's road: lock the subject, read, ask <c>decide</c>, write what it
/// says in the same transaction; nothing is written when it says <see langword="null"/>. It may be asked more than once, and only the
/// last answer counts. <see langword="false"/> when there is nobody, or no such case. A contest goes with its subject, and with its event.
/// </summary>
public interface IContestStore
{
    /// <summary>Opens a contest of the event with that turn.</summary>
    Task<bool> Open(byte[] locator, long turn, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken);

    /// <summary>Changes one of the subject's own contests.</summary>
    Task<bool> Change(byte[] locator, string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken);

    /// <summary>
    /// Changes whoever's contest it is, or looks at it, with partition 0 locked too, so that the step may have a public act.
    /// </summary>
    Task<bool> Judge(string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken);

    /// <summary>A subject's contests, newest first.</summary>
    Task<IReadOnlyList<StoredContest>> OfSubject(SubjectId subject, CancellationToken cancellationToken);

    /// <summary>A case with its event; <see langword="null"/> when either is not there (any more).</summary>
    Task<FoundCase?> Find(string caseId, CancellationToken cancellationToken);

    /// <summary>Undecided contests behind a place, by due day and number.</summary>
    Task<IReadOnlyList<StoredContest>> Undecided(CasePlace? after, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Undecided contests of a source's events with numbers above one, ascending. None appears below a number that was read.
    /// </summary>
    Task<IReadOnlyList<StoredContest>> UndecidedOf(string source, long after, int count, CancellationToken cancellationToken);

    /// <summary>Forgets contests whose event the ledger holds no longer; a bounded number at a time, going round.</summary>
    Task<int> ForgetGone(CancellationToken cancellationToken);
}
