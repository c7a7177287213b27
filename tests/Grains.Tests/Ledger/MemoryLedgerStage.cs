using Scoring.Contests;
using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Simulation;

namespace Scoring.Ledger;

/// <summary>The ledger in memory under a contract test.</summary>
internal sealed class MemoryLedgerStage : ILedgerStage
{
    private readonly MemoryLedger _ledger = new(partitionCount: 4);

    public ILedger Ledger => _ledger;

    public ILedgerHeads Heads => _ledger;

    public IEnrolmentStore Enrolments => _ledger;

    public IContestStore Contests => _ledger;

    public ISimulationLedger Simulation => _ledger;

    public Task Suspend(ProgrammeId programme)
    {
        _ledger.Suspended.Add(programme);
        return Task.CompletedTask;
    }

    public Task Widen(ProgrammeId programme, int number, DateOnly firstDay)
    {
        _ledger.Widenings.Add((programme, number, firstDay));
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
