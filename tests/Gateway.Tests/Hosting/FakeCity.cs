using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Audit;
using Scoring.Checkpoints;
using Scoring.Contests;
using Scoring.Enrolments;
using Scoring.Grants;
using Scoring.Exports;
using Scoring.Intake;
using Scoring.Notices;
using Scoring.Programmes;
using Scoring.Receipts;
using Scoring.Scores;
using Scoring.Statistics;
using Scoring.WhatIf;

namespace Scoring.Hosting;

/// <summary>Grains that answer what a test tells them, and remember what they were asked.</summary>
internal sealed class FakeCity : ICatalogueGrain, IIntakeGrain, IScoreQueryGrain
{
    private int catalogueReads;
    private Catalogue _catalogue = Some.Catalogue();
    private bool _isCatalogueChanged;

    public FakeCity() => Factory = MakeFactory();

    public Catalogue Catalogue
    {
        get => _catalogue;
        set => (_catalogue, _isCatalogueChanged) = (value, true);
    }

    public Func<Task<Catalogue>>? OnCatalogue { get; set; }

    public Func<EventBatch, Task<IntakeOutcome>> OnAppend { get; set; } = _ => Task.FromResult(IntakeOutcome.Accepted);

    public Func<string, string, Task<QueryOutcome>> OnAsk { get; set; } = (_, _) => throw new NotSupportedException();

    public FakeEnrolment Enrolment { get; } = new();

    public FakeGrants Grants { get; } = new();

    public FakeAdministration Administration { get; } = new();

    public FakeNotices Notices { get; } = new();

    public FakeWhatIf WhatIf { get; } = new();

    public FakeReceipts Receipts { get; } = new();

    public FakeAudit Audit { get; } = new();

    public FakeCheckpoints Checkpoints { get; } = new();

    public FakeContests Contests { get; } = new();

    public FakeExports Exports { get; } = new();

    public int CatalogueReads => catalogueReads;

    /// <summary>Whether a gateway cannot have read a catalogue other than the usual one, nor read one because a name was missing.</summary>
    public bool IsCatalogueUntouched => !_isCatalogueChanged && OnCatalogue is null && catalogueReads == 0;

    public EventBatch? Appended { get; private set; }

    public int Appends { get; private set; }

    public IGrainFactory Factory { get; }

    private IGrainFactory MakeFactory() => FakeGrains.Of(
        [
            (typeof(ICatalogueGrain), this), (typeof(IIntakeGrain), this), (typeof(IScoreQueryGrain), this),
            (typeof(IEnrolmentGrain), Enrolment), (typeof(IGrantGrain), Grants), (typeof(IRecordGrain), Administration),
            (typeof(INoticeGrain), Notices), (typeof(IWhatIfGrain), WhatIf),
            (typeof(ICheckpointGrain), Checkpoints),
            (typeof(IAuditGrain), Audit),
            (typeof(IReceiptGrain), Receipts), (typeof(IStatisticsGrain), new FakeStatistics()),
            (typeof(IContestGrain), Contests), (typeof(ICaseGrain), Contests), (typeof(ISourceContestGrain), Contests),
            (typeof(IExportGrain), Exports),
        ],
        (typeof(IProgrammeAdminGrain), Administration.Of), (typeof(ISimulationGrain), Administration.Of),
        (typeof(IRegistrationGrain), Administration.Of));

    public Task<Catalogue> Current()
    {
        Interlocked.Increment(ref catalogueReads);
        return OnCatalogue?.Invoke() ?? Task.FromResult(Catalogue);
    }

    public Task<IntakeOutcome> Append(EventBatch batch)
    {
        Appended = batch;
        Appends++;
        return OnAppend(batch);
    }

    public Task<QueryOutcome> Ask(string service, string grant) => OnAsk(service, grant);
}

/// <summary>An enrolment grain with one enrolled subject of one participant.</summary>
internal sealed class FakeEnrolment : IEnrolmentGrain
{
    public static readonly OwnSubject Own = new(Some.Participant, Some.SafeDriver, 0);

    public EnrolOutcome Outcome { get; set; } = new(new EnrolledView(3, "a.b.c"), null);

    public EnrolRequest? Wish { get; private set; }

    public (long? Below, int Count) Page { get; private set; }

    public bool IsRestricted { get; private set; }

    public Func<Task>? Before { get; set; }

    public async Task<EnrolOutcome> Enrol(string participant, EnrolRequest request)
    {
        if (Before is not null) await Before();
        Wish = request;
        return Outcome;
    }

    public Task<ImmutableArray<SubjectView>> List(string participant, ProgrammeId programme) =>
        Task.FromResult<ImmutableArray<SubjectView>>(participant == Some.Participant && programme == Some.SafeDriver ? [View] : []);

    public Task<SubjectView?> Find(OwnSubject own) => Task.FromResult(own == Own ? View : null);

    public Task<Explanation?> Score(OwnSubject own) => Task.FromResult(own == Own ? Some.Explanation() : null);

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
        return Task.FromResult(own == Own ? Some.Looks() : null);
    }

    public Task<bool> Restrict(OwnSubject own) => Paused(own, true);

    public Task<bool> LiftRestriction(OwnSubject own) => Paused(own, false);

    public LinkOutcome LinkOutcome { get; set; } = new([new HandleView("h2", Some.Source, Some.Instant)], null);

    public ImmutableArray<string> Proofs { get; private set; }

    public Task<LinkOutcome> LinkHandles(OwnSubject own, ImmutableArray<string> handleProofs)
    {
        Proofs = handleProofs;
        return Task.FromResult(own == Own ? LinkOutcome : new LinkOutcome(null, LinkRefusal.SubjectUnknown));
    }

    public Task<ImmutableArray<HandleView>?> LinkedHandles(OwnSubject own) =>
        Task.FromResult<ImmutableArray<HandleView>?>(own == Own ? View.Handles : null);

    public Task<bool> UnlinkHandle(OwnSubject own, string handle) => Task.FromResult(own == Own && handle == "h1");

    private Task<bool> Paused(OwnSubject own, bool restricted)
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
