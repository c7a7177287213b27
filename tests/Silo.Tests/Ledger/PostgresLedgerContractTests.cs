using Scoring.Storage;

namespace Scoring.Ledger;

public sealed class PostgresLedgerContractTests(PostgresServer server) : LedgerContract
{
    protected override async Task<ILedgerStage> NewStage() => await LedgerStage.Open(server);
}
