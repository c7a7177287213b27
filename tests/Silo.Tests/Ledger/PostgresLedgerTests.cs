using Scoring.Enrolments;
using Scoring.Storage;

namespace Scoring.Ledger;

public sealed class PostgresLedgerContractTests(PostgresServer server) : LedgerContract
{
    protected override async Task<ILedgerStage> NewStage() => await LedgerStage.Open(server);
}

public sealed class PostgresEnrolmentContractTests(PostgresServer server) : EnrolmentContract
{
    protected override async Task<ILedgerStage> NewStage() => await LedgerStage.Open(server);
}
