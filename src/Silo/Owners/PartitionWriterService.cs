using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Owners;

/// <summary>See <see cref="IPartitionWriter"/>. It is reentrant because the writer groups the appends of concurrent calls.</summary>
[Reentrant]
internal sealed class PartitionWriterService(GrainId id, Silo silo, ILoggerFactory logs, PostgresLedger ledger)
    : GrainService(id, silo, logs), IPartitionWriter
{
    public async Task<RoutedOutcome> Append(RoutedRows rows)
    {
        try
        {
            return await ledger.AppendRouted(rows);
        }
        catch (LedgerUnavailableException)
        {
            return new RoutedOutcome(false, []);
        }
    }

    public Task Forget(SubjectId subject)
    {
        ledger.Forget(subject);
        return Task.CompletedTask;
    }
}

/// <summary>Calls the writers of other silos.</summary>
internal interface IPartitionWriterClient : IGrainServiceClient<IPartitionWriter>
{
    /// <summary>The silo that owns a position of the ring, by which Orleans deals the queues of streams too.</summary>
    SiloAddress? OwnerOf(uint position);

    Task<RoutedOutcome> Append(SiloAddress silo, RoutedRows rows);

    Task Forget(SiloAddress silo, SubjectId subject);
}

/// <inheritdoc cref="IPartitionWriterClient"/>
internal sealed class PartitionWriterClient(IServiceProvider services)
    : GrainServiceClient<IPartitionWriter>(services), IPartitionWriterClient
{
    // The service of a silo is addressed by an id that holds the silo. The ring itself is internal to Orleans.
    public SiloAddress? OwnerOf(uint position) =>
        SystemTargetGrainId.TryParse(GetGrainService(position).GetGrainId(), out var id) ? id.GetSiloAddress() : null;

    public Task<RoutedOutcome> Append(SiloAddress silo, RoutedRows rows) => GetGrainService(silo).Append(rows);

    public Task Forget(SiloAddress silo, SubjectId subject) => GetGrainService(silo).Forget(subject);
}
