using Scoring.Rules;
using Scoring.Storage;

namespace Scoring.Administration;

public sealed class PostgresProgrammeStoreContractTests(PostgresServer server) : ProgrammeStoreContract
{
    private LedgerStage? _stage;

    protected override DocumentSet Shipped => Versions.Shipped;

    protected override async Task<IProgrammeStore> NewStore() => (_stage = await LedgerStage.OpenEmpty(server)).Programmes;

    public override async ValueTask DisposeAsync()
    {
        if (_stage is not null) await _stage.DisposeAsync();
        await base.DisposeAsync();
    }
}
