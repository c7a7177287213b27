using Microsoft.Extensions.Options;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Retention;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>Registers what makes leaving complete.</summary>
public static class ErasureServiceCollectionExtensions
{
    /// <summary>Adds the list of erasures outside the database and what expires; needs the enrolments and the keys.</summary>
    public static IServiceCollection AddErasures(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var isDevelopment = environment.IsDevelopment();
        services.AddChecked<ErasureOptions>(configuration.GetSection(ErasureOptions.Section)).Validate(
            options => isDevelopment || options.Folder.Length > 0,
            "Erasures:Folder must be set: one folder for all silos, apart from the database.");
        services.AddChecked<RetentionOptions>(configuration.GetSection(RetentionOptions.Section));
        services.AddSingleton<ErasureList>();
        services.AddSingleton<TombstoneWriter>();
        services.AddSingleton(provider => new RetentionExpirer(
            provider.GetRequiredService<LedgerDatabase>(), provider.GetRequiredService<LedgerHeads>(),
            provider.GetRequiredService<TombstoneWriter>(),
            provider.GetRequiredService<IOptions<RetentionOptions>>().Value,
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.PartitionCount));
        services.AddSingleton<RetentionDueDays>();
        return services;
    }

    /// <summary>Adds the start that replays the list: behind the programmes, which it needs, and before anything that serves.</summary>
    public static IServiceCollection AddErasureReplay(this IServiceCollection services) =>
        services.AddHostedService<StopOnDatabaseReplaced>().AddHostedService<ErasureReplayService>();

    /// <summary>Adds the sweeper: behind the silo, whose grains it tells to forget.</summary>
    public static IServiceCollection AddErasureSweeper(this IServiceCollection services) => services.AddHostedService<ErasureSweeper>();
}
