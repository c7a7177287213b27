using Scoring.Storage;

namespace Scoring.Ledger;

public sealed class PostgresLedgerContractTests(PostgresServer server) : LedgerContract
{
    protected override async Task<ILedgerStage> NewStage() => await LedgerStage.Open(server);
}

/// <summary>The same contract where the database decides every event.</summary>
public sealed class PostgresLedgerBySqlContractTests(PostgresServer server) : LedgerContract
{
    protected override async Task<ILedgerStage> NewStage()
    {
        var stage = await LedgerStage.Open(server);
        return stage.AnotherWriter(new LedgerOptions { RememberedHandlesMax = 0 });
    }
}
