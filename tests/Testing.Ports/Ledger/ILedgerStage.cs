using Scoring.Contests;
using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Simulation;

namespace Scoring.Ledger;

/// <summary>A ledger and its stores under a contract test, and what a programme does to them, which has no port.</summary>
public interface ILedgerStage : IAsyncDisposable
{
    ILedger Ledger { get; }

    ILedgerHeads Heads { get; }

    IEnrolmentStore Enrolments { get; }

    IContestStore Contests { get; }

    ISimulationLedger Simulation { get; }

    Task Suspend(ProgrammeId programme);

    /// <summary>Publishes a version that widens a programme, so that an earlier consent lapses on its first day.</summary>
    Task Widen(ProgrammeId programme, int number, DateOnly firstDay);
}
