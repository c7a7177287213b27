using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;

namespace Scoring.SetAside;

/// <summary>Fakes the grain of set-aside entries: returns what a test sets and records each call.</summary>
internal sealed class FakeSetAside : ISetAsideGrain
{
    public AdminRefusal? Refusal { get; set; }

    /// <summary>The requested replays, each as <c>administrator programme</c>.</summary>
    public List<string> Replays { get; } = [];

    public Task<SetAsideView> Find() => Task.FromResult(new SetAsideView(
        [
            new SetAsideGroup(Some.SafeDriver, EntryKind.Event, "traffic.speeding", 1, "code-unknown", true, 20, 40),
            new SetAsideGroup(Some.SafeDriver, EntryKind.ContestOpened, null, 1, "body-not-json", false, null, null),
        ],
        [Some.SafeDriver.Value]));

    public Task<AdminOutcome> Replay(string administrator, ProgrammeId programme)
    {
        Replays.Add($"{administrator} {programme}");
        return Task.FromResult(
            Refusal is { } refusal ? AdminOutcome.Refused(refusal) : new AdminOutcome(true, [administrator], null, []));
    }
}
