using Microsoft.Extensions.Logging.Abstractions;
using Scoring.Storage;

namespace Scoring.Simulation;

public sealed class PostgresSimulationReportContractTests(PostgresServer server) : SimulationReportContract
{
    private LedgerStage? _stage;

    public override ValueTask DisposeAsync() => _stage?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task<ISimulationReportStore> NewStore()
    {
        _stage = await LedgerStage.Open(server);
        return new PostgresSimulationReports(_stage.Database, NullLogger<PostgresSimulationReports>.Instance);
    }
}
