using Scoring.Ledger;

namespace Scoring.Enrolments;

/// <summary>The fake of the enrolments keeps the contract that the store in PostgreSQL keeps.</summary>
public sealed class MemoryEnrolmentContractTests : EnrolmentContract
{
    protected override Task<ILedgerStage> NewStage() => Task.FromResult<ILedgerStage>(new MemoryLedgerStage());
}
