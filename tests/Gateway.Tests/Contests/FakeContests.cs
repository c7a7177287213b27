using System.Collections.Immutable;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>Fakes the grains of contests: one subject, one case, and a record of the calls.</summary>
internal sealed class FakeContests : IContestGrain, ICaseGrain, ISourceContestGrain
{
    public const string Case = "c0ffeec0ffeec0ffeec0ff";
    private static readonly DateOnly Opened = new(2026, 11, 23);

    public List<string> Calls { get; } = [];

    /// <summary>The refusal of every call; <see langword="null"/> to answer.</summary>
    public ContestRefusal? Refusal { get; set; }

    public static ContestView View { get; } = new(
        Case, 17, ContestGround.WrongValue, null, Opened, Opened.AddDays(30), ContestState.Open, null, null);

    public Task<ContestOutcome> Open(OwnSubject own, long turn, ContestGround ground) =>
        Answer(own, $"open {turn} {ground}", View);

    public Task<ImmutableArray<ContestView>?> List(OwnSubject own)
    {
        Calls.Add("list");
        var decided = View with
        {
            Turn = 9, Material = ContestGround.NotMine, State = ContestState.Rejected, Reason = ContestReason.SourceConfirmed,
            DecidedOn = Opened.AddDays(3),
        };
        return Task.FromResult<ImmutableArray<ContestView>?>(own == FakeEnrolment.Own ? [View, decided] : null);
    }

    public Task<ContestOutcome> AddMaterial(OwnSubject own, string caseId, ContestGround ground) =>
        Answer(own, $"add {caseId} {ground}", View with { Material = ground, DueOn = View.DueOn.AddDays(15) });

    public Task<CasePage> List(CasePlace? after, int count)
    {
        Calls.Add($"cases {after} +{count}");
        return Task.FromResult(new CasePage(
            [new CaseView(Case, Some.SafeDriver, [ContestGround.WrongValue], Opened, View.DueOn)], new CasePlace(View.DueOn, 17)));
    }

    public Task<CaseFileOutcome> OpenFile(CaseReviewer reviewer, string caseId)
    {
        Calls.Add($"open {caseId} {reviewer.Name} {string.Join(',', reviewer.Clients)}");
        return Task.FromResult(Refusal is { } refusal
            ? new CaseFileOutcome(null, refusal)
            : new CaseFileOutcome(
                new CaseFile(
                    Case, Some.SafeDriver, [ContestGround.WrongValue], Opened, View.DueOn, "traffic.speeding", Opened.AddDays(-2),
                    """{"overLimitKmh":12}"""u8.ToArray(), Some.Source, 1,
                    [new CaseRule(-3, new Rule("speeding", "traffic.speeding", null, new FixedPoints(-3), 10, 90, 30, 0, "Speeding."))]),
                null));
    }

    public Task<DecisionOutcome> Decide(CaseReviewer reviewer, string caseId, bool upheld, ContestReason reason)
    {
        Calls.Add($"decide {caseId} {reviewer.Name} {upheld} {reason}");
        return Task.FromResult(Refusal is { } refusal
            ? new DecisionOutcome(null, refusal)
            : new DecisionOutcome(new DecisionView(caseId, upheld, reason, Opened.AddDays(3)), null));
    }

    public Task<SourceContestPage> List(string source, long after, int count)
    {
        Calls.Add($"source {source} {after}+{count}");
        return Task.FromResult(new SourceContestPage(
            [new SourceContest(12, "mpAOPR6_TsmiKZy-ztxd5Q", [ContestGround.WrongValue, ContestGround.NotMine])], null));
    }

    private Task<ContestOutcome> Answer(OwnSubject own, string call, ContestView view)
    {
        Calls.Add(call);
        var refusal = own == FakeEnrolment.Own ? Refusal : ContestRefusal.Unknown;
        return Task.FromResult(refusal is null ? new ContestOutcome(view, null) : new ContestOutcome(null, refusal));
    }
}
