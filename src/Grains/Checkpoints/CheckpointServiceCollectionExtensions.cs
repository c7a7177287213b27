using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Checkpoints;

/// <summary>Registers the options of checkpoints.</summary>
public static class CheckpointServiceCollectionExtensions
{
    /// <summary>
    /// Adds the options from the section <see cref="CheckpointOptions.Section"/>. The grain needs an <see cref="ICheckpointStore"/> and a
    /// <see cref="Keys.CheckpointSigner"/>.
    /// </summary>
    public static IServiceCollection AddCheckpoints(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddChecked<CheckpointOptions>(configuration.GetSection(CheckpointOptions.Section));
        return services;
    }
}
