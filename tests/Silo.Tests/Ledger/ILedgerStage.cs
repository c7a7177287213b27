using Scoring.Enrolments;
using Scoring.Programmes;

namespace Scoring.Ledger;

/// <summary>A ledger with its enrolments, and the switch that has no port here.</summary>
public interface ILedgerStage : IAsyncDisposable
{
    ILedger Ledger { get; }

    ILedgerHeads Heads { get; }

    IEnrolmentStore Enrolments { get; }

    Task Suspend(ProgrammeId programme);
}
