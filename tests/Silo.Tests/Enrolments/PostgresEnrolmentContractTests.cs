using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Enrolments;

public sealed class PostgresEnrolmentContractTests(PostgresServer server) : EnrolmentContract
{
    protected override async Task<ILedgerStage> NewStage() => await LedgerStage.Open(server);
}
