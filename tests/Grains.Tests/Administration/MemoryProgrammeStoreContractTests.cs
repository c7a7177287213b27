using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>The fake of the programme store keeps the contract that the store in PostgreSQL keeps.</summary>
public sealed class MemoryProgrammeStoreContractTests : ProgrammeStoreContract
{
    private static readonly DocumentSet Loaded = ProgrammeFolder.Load(Path.Combine(AppContext.BaseDirectory, "programmes"), null);

    protected override DocumentSet Shipped => Loaded;

    protected override Task<IProgrammeStore> NewStore() =>
        Task.FromResult<IProgrammeStore>(new MemoryProgrammeStore(new DocumentSet([], [], [], [], [])));
}
