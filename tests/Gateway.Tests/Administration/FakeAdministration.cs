using System.Collections.Immutable;
using System.Text;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>Fakes the administrators' grains: returns what a test sets and records each call.</summary>
internal sealed class FakeAdministration
    : IProgrammeAdminGrain, IDraftApprovalGrain, IDraftTakeBackGrain, ISimulationGrain, IRegistrationGrain, IRecordGrain
{
    public static readonly DraftProblem Problem = new("/ruleSet/rules/0/capPerDay", "cap-never-binds", "At most what a day can bring.");

    private string _key = "";

    public AdminOutcome Outcome { get; set; } = new(true, ["admin-2", "admin-3"], null, []);

    public AdminRefusal? Refusal { get; set; }

    public ImmutableArray<DraftProblem> Problems { get; set; } = [];

    public bool Empty { get; set; }

    public SimulationView Simulation { get; set; } = new(Some.Hash, SimulationStatus.Running, 40, null);

    /// <summary>The calls, each as <c>key method administrator argument</c>.</summary>
    public List<string> Calls { get; } = [];

    public byte[]? Json { get; private set; }

    public RegistrationChange? Change { get; private set; }

    public FakeAdministration Of(string of)
    {
        _key = of;
        return this;
    }

    public Task<DraftOutcome> Draft(string administrator, byte[] json, bool isNew)
    {
        Note("draft", administrator, isNew ? "new" : "next");
        Json = json;
        return Task.FromResult(Refusal is { } refusal ? new DraftOutcome(null, refusal) : new DraftOutcome(View(json), null));
    }

    public Task<DraftView?> Validate() => Task.FromResult(Empty ? null : View("{}"u8.ToArray()));

    public Task<AdminOutcome> Approve(string administrator, string hash) => Act("approve", administrator, hash);

    public Task<AdminOutcome> ApproveWithReport(string administrator, string hash, string report) =>
        Act("approve-with-report", administrator, $"{hash} {report}");

    public Task<AdminOutcome> TakeBackApproval(string administrator) => Act("take-back-approval", administrator);

    public Task<AdminOutcome> Suspend(string administrator, string reason) => Act("suspend", administrator, reason);

    public Task<AdminOutcome> ApproveResuming(string administrator) => Act("resume", administrator);

    public Task<AdminOutcome> ApproveEnding(string administrator) => Act("end", administrator);

    public Task<AdminOutcome> TakeBackResuming(string administrator) => Act("take-back-resuming", administrator);

    public Task<AdminOutcome> TakeBackEnding(string administrator) => Act("take-back-ending", administrator);

    public Task<AdminOutcome> Start(string administrator) => Act("start", administrator);

    public Task<bool> Cancel(string administrator)
    {
        Note("cancel", administrator);
        return Task.FromResult(!Empty);
    }

    public Task<ProposalOutcome> Propose(string administrator, RegistrationChange change)
    {
        Note("propose", administrator, change.Act.ToString());
        Change = change;
        return Task.FromResult(Refusal is { } refusal
            ? new ProposalOutcome(null, refusal, Problems)
            : new ProposalOutcome(Proposal(change.Act, change.Json), null, []));
    }

    public Task<RecordPage?> Read(ProgrammeId programme, long after, int count)
    {
        Note("record", programme.Value, $"{after}+{count}");
        RecordedAdminAction act = new(
            1, 7, AdminActions.Published, programme, "admin-1", Some.Instant, Some.Hash, ["Speeding takes less."], "{\"version\":2}");
        var other = act with { Number = 2, Programme = null, Details = null, Hash = null };
        return Task.FromResult(Empty ? null : new RecordPage([act, other], after < 2 ? 2 : null));
    }

    Task<ProgrammeAdminView?> IProgrammeAdminGrain.Find() => Task.FromResult(Empty ? null : new ProgrammeAdminView(
        Some.SafeDriver, ProgrammeStatus.Published, View(Encoding.UTF8.GetBytes("{ \"as\": \"given\" }")), ["admin-2"], []));

    Task<SimulationView?> ISimulationGrain.Find() => Task.FromResult(Empty ? null : Simulation);

    Task<RegistrationView?> IRegistrationGrain.Find() => Task.FromResult(Empty ? null : new RegistrationView(
        RegistrationKind.Service, _key, RegistrationStatus.Registered, "{\"id\":\"parking\"}"u8.ToArray(),
        Proposal(RegistrationAction.End, null)));

    private static ProposalView Proposal(RegistrationAction act, byte[]? document) =>
        new(act, Some.Hash, Some.Participant, Some.Instant, document, ["It ends."]);

    private DraftView View(byte[] json) =>
        new(Some.SafeDriver, Some.Hash, "admin-1", Some.Instant, json, ["admin-2"], Problems, ["Speeding takes less."], true);

    private Task<AdminOutcome> Act(string method, string administrator, string? argument = null)
    {
        Note(method, administrator, argument);
        return Task.FromResult(Outcome);
    }

    private void Note(string method, string administrator, string? argument = null) =>
        Calls.Add($"{_key} {method} {administrator} {argument}".TrimEnd());
}
