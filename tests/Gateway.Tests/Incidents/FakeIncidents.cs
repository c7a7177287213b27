using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Hosting;

namespace Scoring.Incidents;

/// <summary>Fakes the grains of incidents: returns what a test sets and records each call.</summary>
internal sealed class FakeIncidents : IIncidentGrain
{
    private string _key = "";

    public AdminRefusal? Refusal { get; set; }

    public ImmutableArray<DraftProblem> Problems { get; set; } = [];

    public bool Empty { get; set; }

    /// <summary>The calls, each as <c>key method administrator argument</c>.</summary>
    public List<string> Calls { get; } = [];

    public IncidentNotice? Notice { get; private set; }

    public FakeIncidents Of(string key)
    {
        _key = key;
        return this;
    }

    public Task<IncidentProposalView?> Find() => Task.FromResult(Empty ? null : View(Some.Incident));

    public Task<IncidentOutcome> Propose(string administrator, IncidentNotice notice)
    {
        Calls.Add($"{_key} propose {administrator}");
        Notice = notice;
        return Task.FromResult(
            Refusal is { } refusal ? new IncidentOutcome(null, refusal, Problems) : new IncidentOutcome(View(notice), null, []));
    }

    public Task<AdminOutcome> Confirm(string administrator, string hash) => Act($"{_key} confirm {administrator} {hash}");

    public Task<AdminOutcome> TakeBack(string administrator) => Act($"{_key} take-back {administrator}");

    private Task<AdminOutcome> Act(string call)
    {
        Calls.Add(call);
        return Task.FromResult(Refusal is { } refusal ? AdminOutcome.Refused(refusal) : new AdminOutcome(true, ["pairwise-1"], null, []));
    }

    private static IncidentProposalView View(IncidentNotice notice) =>
        new(Some.SafeDriver, Some.Hash, "admin-1", Some.Instant, Some.Instant.AddDays(14), notice);
}
