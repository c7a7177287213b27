using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>A ledger with its enrolments, and the two switches that have no port yet.</summary>
public interface ILedgerStage : IAsyncDisposable
{
    ILedger Ledger { get; }

    ILedgerHeads Heads { get; }

    IEnrolmentStore Enrolments { get; }

    Task Suspend(ProgrammeId programme);

    Task Restrict(SubjectId subject);
}
