namespace Scoring.Ledger;

/// <summary>The fake of the ledger keeps the contract that the ledger in PostgreSQL keeps.</summary>
public sealed class MemoryLedgerContractTests : LedgerContract
{
    protected override Task<ILedgerStage> NewStage() => Task.FromResult<ILedgerStage>(new MemoryLedgerStage());
}
