using System.Collections.Immutable;
using Scoring.Audit;
using Scoring.Grants;
using Scoring.Hosting;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Enrolments;

/// <summary>Fakes the enrolment grain: one enrolled subject of one participant.</summary>
internal sealed class FakeEnrolment : IEnrolmentGrain, IScoreDaysGrain
{
    public static readonly OwnSubject Own = new(Some.Participant, Some.SafeDriver, 0);

    public EnrolOutcome Outcome { get; set; } = new(new EnrolledView(3, "a.b.c"), null);

    public EnrolRequest? Request { get; private set; }

    public (long? Below, int Count) Page { get; private set; }

    public bool IsRestricted { get; private set; }

    /// <summary>Awaited before an enrolment is answered.</summary>
    public Func<Task>? Before { get; set; }

    public LinkOutcome LinkOutcome { get; set; } = new([new HandleView("h2", Some.Source, Some.Instant)], null);

    public ImmutableArray<string> Proofs { get; private set; }

    public async Task<EnrolOutcome> Enrol(string participant, EnrolRequest request)
    {
        if (Before is not null) await Before();
        Request = request;
        return Outcome;
    }

    public Task<ImmutableArray<SubjectView>> List(string participant, ProgrammeId programme) =>
        Task.FromResult<ImmutableArray<SubjectView>>(participant == Some.Participant && programme == Some.SafeDriver ? [View] : []);

    public Task<SubjectView?> Find(OwnSubject own) => Task.FromResult(own == Own ? View : null);

    /// <summary>Whether the subject has more entries than one call folds.</summary>
    public bool IsTooLong { get; set; }

    public Task<Explanation?> Score(OwnSubject own) =>
        IsTooLong ? throw new HistoryTooLongException() : Task.FromResult(own == Own ? Some.Explanation() : null);

    Task<ScoreDays?> IScoreDaysGrain.Read(OwnSubject own, int count)
    {
        Page = (null, count);
        if (IsTooLong) throw new HistoryTooLongException();
        return Task.FromResult(own == Own ? new ScoreDays([new DayScore(new DateOnly(2026, 11, 23), 480, "good")]) : null);
    }

    public Task<HistoryPage?> History(OwnSubject own, long? below, int count)
    {
        Page = (below, count);
        return Task.FromResult(own == Own ? Some.History() : null);
    }

    public Task<string?> Receipt(OwnSubject own) => Task.FromResult(own == Own ? "h.p.s" : null);

    public Task<GrantOutcome> Grant(OwnSubject own, string service, DateTimeOffset? until) => throw new NotSupportedException();

    public Task<ImmutableArray<GrantView>?> Grants(OwnSubject own) => Task.FromResult<ImmutableArray<GrantView>?>(
        own == Own ? [new GrantView("g1", "parking", Some.Instant, null) { UsesLeft = 2 }] : null);

    public Task<bool> Revoke(OwnSubject own, string grant) => Task.FromResult(own == Own && grant == "g1");

    public Task<WithdrawalView?> Withdraw(OwnSubject own, string? request) =>
        Task.FromResult(own == Own ? new WithdrawalView(7) { Receipt = "w.w.w" } : null);

    public Task<AccessPage?> Looks(OwnSubject own, long? below, int count)
    {
        Page = (below, count);
        return Task.FromResult(own == Own ? Some.Accesses() : null);
    }

    public Task<bool> Restrict(OwnSubject own) => SetRestricted(own, true);

    public Task<bool> LiftRestriction(OwnSubject own) => SetRestricted(own, false);

    public Task<LinkOutcome> LinkHandles(OwnSubject own, ImmutableArray<string> handleProofs)
    {
        Proofs = handleProofs;
        return Task.FromResult(own == Own ? LinkOutcome : new LinkOutcome(null, LinkRefusal.SubjectUnknown));
    }

    public Task<ImmutableArray<HandleView>?> LinkedHandles(OwnSubject own) =>
        Task.FromResult<ImmutableArray<HandleView>?>(own == Own ? View.Handles : null);

    public Task<bool> UnlinkHandle(OwnSubject own, string handle) => Task.FromResult(own == Own && handle == "h1");

    private Task<bool> SetRestricted(OwnSubject own, bool restricted)
    {
        if (own == Own) IsRestricted = restricted;
        return Task.FromResult(own == Own);
    }

    private SubjectView View =>
        new(Some.SafeDriver, 0, Some.Hash, new DateOnly(2026, 11, 1), [new HandleView("h1", Some.Source, Some.Instant)])
        {
            Lapsed = true,
            Restricted = IsRestricted,
            Coming = [new ComingChange(2, Some.Hash, new DateOnly(2026, 12, 8), "Milder.", ["Speeding takes less."], AsksConsent: true)],
        };
}
