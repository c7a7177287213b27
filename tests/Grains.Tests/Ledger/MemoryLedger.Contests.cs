using Scoring.Administration;
using Scoring.Contests;
using Scoring.Subjects;

namespace Scoring.Ledger;

public sealed partial class MemoryLedger : IContestStore
{
    private readonly List<(SubjectId Subject, StoredContest Contest)> _contests = [];
    private long _contestNumber;

    /// <summary>Called just before a case is locked. A decision uses the state at that moment.</summary>
    public Action? BeforeJudging { get; set; }

    /// <summary>The public acts of decisions.</summary>
    public List<NewAdminAction> ContestActs { get; } = [];

    public Task<bool> Open(byte[] locator, long turn, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken) =>
        Own(locator, subject => Write(subject, turn, decide));

    public Task<bool> Change(byte[] locator, string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken) =>
        Own(locator, subject =>
            _contests.Find(c => c.Subject == subject && c.Contest.Case == caseId).Contest is { } contest
            && Write(subject, contest.Turn, decide));

    public async Task<bool> Judge(string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (IsUnavailable) throw new LedgerUnavailableException();
        BeforeJudging?.Invoke();
        lock (_gate)
        {
            return _contests.Find(c => c.Contest.Case == caseId) is { Contest: { } contest } found
                && _subjects.ContainsKey(found.Subject) && Write(found.Subject, contest.Turn, decide);
        }
    }

    public Task<IReadOnlyList<StoredContest>> OfSubject(SubjectId subject, CancellationToken cancellationToken) =>
        Select(c => c.Subject == subject, c => -c.Number, int.MaxValue);

    /// <summary>The keys of a subject's entries.</summary>
    public IReadOnlyCollection<Guid> KeysOf(SubjectId subject)
    {
        lock (_gate) return [.. _subjects[subject].Keys.Keys];
    }

    public async Task<FoundCase?> Find(string caseId, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return _contests.Find(c => c.Contest.Case == caseId) is { Contest: { } contest } found
                && EventOf(found.Subject, contest.Turn) is { } contested
                ? new FoundCase(found.Subject, contest, contested)
                : null;
        }
    }

    public Task<IReadOnlyList<StoredContest>> Undecided(CasePlace? after, int count, CancellationToken cancellationToken) => Select(
        c => c.Contest.Verdict is null && (after is not { } place
            || (c.Contest.DueOn, c.Contest.Number).CompareTo((place.DueOn, place.Number)) > 0),
        c => (c.DueOn, c.Number), count);

    public async Task<IReadOnlyList<WaitingCase>> UndecidedWithDay(CasePlace? after, int count, CancellationToken cancellationToken)
    {
        var undecided = await Undecided(after, count, cancellationToken);
        lock (_gate)
        {
            return [.. from contest in undecided
                       let subject = _contests.Find(c => c.Contest.Case == contest.Case).Subject
                       let contested = EventOf(subject, contest.Turn)
                       where contested is not null
                       select new WaitingCase(subject, contest, contested.Day)];
        }
    }

    public Task<IReadOnlyList<StoredContest>> UndecidedOf(string source, long after, int count, CancellationToken cancellationToken) =>
        Select(c => c.Contest.Verdict is null && c.Contest.Source == source && c.Contest.Number > after, c => c.Number, count);

    public Task<int> ForgetGone(CancellationToken cancellationToken) => Task.FromResult(0);

    private async Task<bool> Own(byte[] locator, Func<SubjectId, bool> work)
    {
        await Task.Yield();
        if (IsUnavailable) throw new LedgerUnavailableException();
        lock (_gate) return _locators.TryGetValue(Hex(locator), out var subject) && work(subject);
    }

    private bool Write(SubjectId subject, long turn, Func<ContestFacts, ContestStep?> decide)
    {
        var at = _contests.FindIndex(c => c.Subject == subject && c.Contest.Turn == turn);
        var contested = EventOf(subject, turn);
        var step = decide(new ContestFacts(
            at < 0 ? null : _contests[at].Contest, contested,
            contested is not null && _subjects[subject].Keys.ContainsKey(ContestKeys.Corrected(contested.Key)),
            [.. _contests.Where(c => c.Subject == subject && c.Contest.Verdict is null).Select(c => c.Contest.DueOn)]));
        if (step is null) return true;
        if (at < 0) _contests.Add((subject, step.Contest with { Number = ++_contestNumber }));
        else _contests[at] = (subject, step.Contest);
        foreach (var entry in step.Entries) Write(subject, entry.Kind, entry.Key, entry.Day, entry.Body).ShouldNotBeNull();
        if (step.Act is { } act) ContestActs.Add(act);
        return true;
    }

    private ContestedEvent? EventOf(SubjectId subject, long turn) =>
        _subjects.GetValueOrDefault(subject) is { } stored
        && stored.Entries.Find(entry => entry.Turn == turn && entry.Kind == EntryKind.Event) is { } found
            ? new ContestedEvent(stored.Keys.Single(pair => pair.Value == turn).Key, found.Day, found.Body)
            : null;

    private async Task<IReadOnlyList<StoredContest>> Select<T>(
        Func<(SubjectId Subject, StoredContest Contest), bool> filter, Func<StoredContest, T> order, int count)
    {
        await Task.Yield();
        lock (_gate) return [.. _contests.Where(filter).Select(c => c.Contest).OrderBy(order).Take(count)];
    }
}
