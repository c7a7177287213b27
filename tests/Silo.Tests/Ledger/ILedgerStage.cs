using Scoring.Enrolments;
using Scoring.Programmes;

namespace Scoring.Ledger;

/// <summary>A ledger and its enrolments under a contract test, and the suspension, which has no port.</summary>
public interface ILedgerStage : IAsyncDisposable
{
    ILedger Ledger { get; }

    ILedgerHeads Heads { get; }

    IEnrolmentStore Enrolments { get; }

    Task Suspend(ProgrammeId programme);
}
