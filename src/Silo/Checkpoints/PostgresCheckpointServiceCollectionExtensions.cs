using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Scoring.Checkpoints;

/// <summary>Registers checkpoints.</summary>
internal static class PostgresCheckpointServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ICheckpointStore"/> and the builders of checkpoints; needs storage, ledger and keys.</summary>
    public static IServiceCollection AddCheckpointStore(this IServiceCollection services)
    {
        services.TryAddSingleton<ICheckpointStore, PostgresCheckpoints>();
        services.AddSingleton(provider =>
            new MerkleTileBuilder(provider.GetRequiredService<IOptions<CheckpointOptions>>().Value.TilesAtOnceMax));
        return services.AddSingleton<PartitionPadder>().AddSingleton<CheckpointKeys>().AddSingleton<CheckpointBuilder>();
    }

    /// <summary>Adds the background service. Call it last, so that it begins when everything else has started.</summary>
    public static IServiceCollection AddCheckpointService(this IServiceCollection services) =>
        services.AddSingleton<CheckpointServiceDependencies>().AddHostedService<CheckpointService>();
}
