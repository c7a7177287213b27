using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Scoring.Owners;

/// <summary>Registers what silos need to write each partition where its queue is.</summary>
internal static class OwnerServiceCollectionExtensions
{
    /// <summary>
    /// Adds the writer's service and its client. It needs <see cref="Ledger.LedgerServiceCollectionExtensions.AddLedger"/>.
    /// </summary>
    public static ISiloBuilder AddPartitionOwners(this ISiloBuilder silo)
    {
        silo.AddGrainService<PartitionWriterService>();
        silo.Services.AddSingleton<IPartitionWriterClient, PartitionWriterClient>();
        silo.Services.Replace(ServiceDescriptor.Singleton<IPartitionOwners, RingPartitions>());
        silo.Services.AddSingleton<IWriterMemories, ClusterWriterMemories>();
        return silo;
    }
}
