using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Audit;
using Scoring.Contests;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Inbox;

/// <summary>Fakes the grains of inboxes, lists and kept reports: returns one of everything and records each call.</summary>
internal sealed class FakeInbox : IInboxGrain, IAuditInboxGrain, IAdminListGrain, ISimulationReportGrain
{
    public static readonly SimulationReport Report = new(
        [256], new DateOnly(2026, 11, 23), 40, 0, [new Band(500, 509, 40)], [new Band(500, 519, 40)], [], [], [], [], []);

    /// <summary>The calls, each as <c>method caller argument</c>.</summary>
    public List<string> Calls { get; } = [];

    public ImmutableArray<KeptReport> Kept { get; set; } = [];

    public Task<InboxPage> Read(CaseReviewer administrator)
    {
        Calls.Add($"inbox {administrator.Name} {string.Join('+', administrator.Clients)}".TrimEnd());
        var draft = new InboxItem(InboxKind.Draft, InboxTask.Approve, Some.SafeDriver, "Safe driver")
        {
            Hash = Some.Hash, DueOn = new DateOnly(2026, 12, 1), Since = new DateOnly(2026, 11, 23), Approvals = 1,
        };
        var contest = new InboxItem(InboxKind.Contest, InboxTask.Judge, Some.SafeDriver, "Safe driver") { Case = FakeContests.Case };
        return Task.FromResult(new InboxPage([draft, contest], true));
    }

    public Task<AuditInbox> Read(string auditor)
    {
        Calls.Add($"audit-inbox {auditor}");
        var open = new AuditCase(
            FakeAudit.Name, Some.SafeDriver, AuditPurpose.Complaint, new DateOnly(2026, 11, 23), new DateOnly(2026, 12, 23));
        return Task.FromResult(new AuditInbox([open], [new DrawSummary(FakeAudit.Name, open.Case, 5, 3, null)], false));
    }

    public Task<ProgrammeSummaryPage> Programmes(string administrator, string after, int count)
    {
        Calls.Add($"programmes {administrator} {after}+{count}");
        var draft = new DraftSummary(
            2, Some.Hash, Some.Instant, new DateOnly(2026, 12, 15), new DateOnly(2026, 12, 1), 0, 1, 1, false, true, false);
        return Task.FromResult(new ProgrammeSummaryPage(
            [new ProgrammeSummary(
                Some.SafeDriver, "Safe driver", ProgrammeStatus.Suspended, 1, 1, new DateOnly(2027, 1, 1), draft,
                new ApprovalSummary(1, 1, Some.Instant, false, true), null)],
            "safe-driver"));
    }

    public Task<RegistrationSummaryPage> Registrations(RegistrationKind kind, string administrator, string after, int count)
    {
        Calls.Add($"{kind} {administrator} {after}+{count}");
        var proposal = new ProposalSummary(RegistrationAction.End, Some.Hash, Some.Instant, 1, true, false);
        return Task.FromResult(new RegistrationSummaryPage(
            [new RegistrationSummary(kind, "parking", RegistrationStatus.Registered, Some.SafeDriver, new DateOnly(2027, 1, 1), proposal)],
            null));
    }

    public Task<ImmutableArray<KeptReport>> OfDraft(ProgrammeId programme) => Task.FromResult(Kept);

    public Task<PublishedReport?> OfVersion(ProgrammeId programme, string report) => Task.FromResult(
        report == Some.Hash ? new PublishedReport(report, 2, Some.Hash, Some.Instant, Report) : null);
}
