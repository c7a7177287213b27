using System.Text;
using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Editing;

/// <summary>Fakes the editing grain: returns what a test sets and keeps what it was asked.</summary>
internal sealed class FakeEditing : IEditingGrain
{
    public string? Draft { get; private set; }

    public ProgrammeId? Programme { get; private set; }

    public WorkbenchRun? Run { get; private set; }

    public bool IsAtFault { get; set; }

    public Task<DraftReport> Check(byte[] draft, ProgrammeId? programme)
    {
        Draft = Encoding.UTF8.GetString(draft);
        Programme = programme;
        return Task.FromResult(new DraftReport(new string('a', 64), [FakeAdministration.Problem], ["It changes."], true));
    }

    public Task<WorkbenchOutcome> Work(WorkbenchRun run)
    {
        Run = run;
        return Task.FromResult(IsAtFault
            ? new WorkbenchOutcome(null, [FakeAdministration.Problem])
            : new WorkbenchOutcome(
                new WorkbenchAnswer(
                    500, 900, [new WorkbenchDay(run.From, 505, "baseline")],
                    [new WorkbenchEvent(true, [new WorkbenchPoints("trips", 5)])], [new WorkbenchRule("trips", 5, 5)]),
                []));
    }
}
