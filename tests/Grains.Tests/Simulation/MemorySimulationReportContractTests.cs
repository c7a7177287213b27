namespace Scoring.Simulation;

/// <summary>The store in memory keeps the contract that the one in PostgreSQL keeps.</summary>
public sealed class MemorySimulationReportContractTests : SimulationReportContract
{
    protected override Task<ISimulationReportStore> NewStore() => Task.FromResult<ISimulationReportStore>(new MemorySimulationReports());
}
