using Scoring.Administration;
using Scoring.Audit;
using Scoring.Checkpoints;
using Scoring.Contests;
using Scoring.Editing;
using Scoring.Enrolments;
using Scoring.Grants;
using Scoring.Exports;
using Scoring.Inbox;
using Scoring.Incidents;
using Scoring.Intake;
using Scoring.Notices;
using Scoring.Programmes;
using Scoring.Receipts;
using Scoring.Scores;
using Scoring.SetAside;
using Scoring.Statistics;
using Scoring.WhatIf;

namespace Scoring.Hosting;

/// <summary>All fake grains behind one gateway: they return what a test sets and record what they are called with.</summary>
internal sealed class FakeCity : ICatalogueGrain, INewestCatalogueGrain, IIntakeGrain, IScoreQueryGrain
{
    private int _catalogueReads;
    private Catalogue _catalogue = Some.Catalogue();
    private bool _isCatalogueChanged;

    public FakeCity() => Factory = MakeFactory();

    public Catalogue Catalogue
    {
        get => _catalogue;
        set
        {
            _catalogue = value;
            _isCatalogueChanged = true;
        }
    }

    public Func<Task<Catalogue>>? OnCatalogue { get; set; }

    public Func<EventBatch, Task<IntakeOutcome>> OnAppend { get; set; } = _ => Task.FromResult(IntakeOutcome.Accepted);

    public Func<string, string, Task<QueryOutcome>> OnQuery { get; set; } = (_, _) => throw new NotSupportedException();

    public FakeEnrolment Enrolment { get; } = new();

    public FakeGrants Grants { get; } = new();

    public FakeAdministration Administration { get; } = new();

    public FakeIncidents Incidents { get; } = new();

    public FakeSetAside SetAside { get; } = new();

    public FakeNotices Notices { get; } = new();

    public FakeWhatIf WhatIf { get; } = new();

    public FakeEditing Editing { get; } = new();

    public FakeReceipts Receipts { get; } = new();

    public FakeAudit Audit { get; } = new();

    public FakeCheckpoints Checkpoints { get; } = new();

    public FakeContests Contests { get; } = new();

    public FakeExports Exports { get; } = new();

    public FakeInbox Inbox { get; } = new();

    public int CatalogueReads => _catalogueReads;

    /// <summary>Whether the gateway still has the default catalogue, and no missing name made it read the catalogue again.</summary>
    public bool IsCatalogueUntouched => !_isCatalogueChanged && OnCatalogue is null && _catalogueReads == 0;

    public EventBatch? Appended { get; private set; }

    public int Appends { get; private set; }

    public IGrainFactory Factory { get; }

    private IGrainFactory MakeFactory() => FakeGrains.WithDrawn(Workers(), typeof(INoticeStreamGrain), Notices);

    private IGrainFactory Workers() => FakeGrains.Of(
        [
            (typeof(ICatalogueGrain), this), (typeof(INewestCatalogueGrain), this), (typeof(IIntakeGrain), this),
            (typeof(IScoreQueryGrain), this),
            (typeof(IEnrolmentGrain), Enrolment), (typeof(IGrantGrain), Grants), (typeof(IRecordGrain), Administration),
            (typeof(INoticeGrain), Notices), (typeof(IWhatIfGrain), WhatIf), (typeof(ICheckpointGrain), Checkpoints),
            (typeof(IAuditGrain), Audit), (typeof(IReceiptGrain), Receipts), (typeof(IStatisticsGrain), new FakeStatistics()),
            (typeof(IContestGrain), Contests), (typeof(ICaseGrain), Contests), (typeof(ISourceContestGrain), Contests),
            (typeof(IExportGrain), Exports), (typeof(IScoreDaysGrain), Enrolment), (typeof(ISetAsideGrain), SetAside),
            (typeof(IInboxGrain), Inbox), (typeof(IAuditInboxGrain), Inbox), (typeof(IAdminListGrain), Inbox),
            (typeof(ISimulationReportGrain), Inbox), (typeof(IEditingGrain), Editing),
        ],
        (typeof(IProgrammeAdminGrain), Administration.Of), (typeof(IDraftApprovalGrain), Administration.Of),
        (typeof(IDraftTakeBackGrain), Administration.Of), (typeof(ISimulationGrain), Administration.Of),
        (typeof(IRegistrationGrain), Administration.Of), (typeof(IIncidentGrain), Incidents.Of));

    public Task<Catalogue> Current()
    {
        Interlocked.Increment(ref _catalogueReads);
        return OnCatalogue?.Invoke() ?? Task.FromResult(Catalogue);
    }

    public Task<Catalogue> Read() => Current();

    public Task<IntakeOutcome> Append(EventBatch batch)
    {
        Appended = batch;
        Appends++;
        return OnAppend(batch);
    }

    public Task<QueryOutcome> Ask(string service, string grant) => OnQuery(service, grant);
}
