using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Simulation;

public sealed class PostgresSimulationLedgerContractTests(PostgresServer server) : SimulationLedgerContract
{
    protected override async Task<ILedgerStage> NewStage() => await LedgerStage.Open(server);
}
