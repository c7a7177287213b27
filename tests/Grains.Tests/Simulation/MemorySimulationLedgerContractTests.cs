using Scoring.Ledger;

namespace Scoring.Simulation;

/// <summary>The ledger in memory keeps the contract that the one in PostgreSQL keeps.</summary>
public sealed class MemorySimulationLedgerContractTests : SimulationLedgerContract
{
    protected override Task<ILedgerStage> NewStage() => Task.FromResult<ILedgerStage>(new MemoryLedgerStage());
}
