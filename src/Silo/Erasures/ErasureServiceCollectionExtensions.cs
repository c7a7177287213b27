using Scoring.Hosting;
using Scoring.Retention;

namespace Scoring.Erasures;

/// <summary>Registers withdrawal, erasure and retention.</summary>
public static class ErasureServiceCollectionExtensions
{
    /// <summary>
    /// Adds the erasure list outside the database, the writers of withdrawals and the expiry of entries; needs the enrolments and the keys.
    /// </summary>
    public static IServiceCollection AddErasures(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var isDevelopment = environment.IsDevelopment();
        services.AddChecked<ErasureOptions>(configuration.GetSection(ErasureOptions.Section)).Validate(
            options => isDevelopment || options.Folder.Length > 0,
            "Erasures:Folder is empty. Set it to one folder for all silos, apart from the database.");
        services.AddChecked<RetentionOptions>(configuration.GetSection(RetentionOptions.Section));
        services.AddSingleton<ErasureList>();
        services.AddSingleton<TombstoneWriter>();
        services.AddSingleton<ErasureFinisher>();
        services.AddSingleton<WithdrawalWriter>();
        services.AddSingleton<EndedProgrammeEraser>();
        services.AddSingleton<RetentionExpirer>();
        services.AddSingleton<RetentionDueDays>();
        services.AddSingleton<RetentionSweep>();
        return services;
    }

    /// <summary>
    /// Adds the replay of the erasure list at start. Call it after the programmes are added, which it needs, and before anything that
    /// serves.
    /// </summary>
    public static IServiceCollection AddErasureReplay(this IServiceCollection services) => services
        .AddSingleton<ErasureReplayer>().AddHostedService<StopOnDatabaseReplaced>().AddHostedService<ErasureReplayService>();

    /// <summary>Adds the sweeper. Call it after the silo is added, because the sweeper calls its grains.</summary>
    public static IServiceCollection AddErasureSweeper(this IServiceCollection services) =>
        services.AddSingleton<ErasureSweeperDependencies>().AddHostedService<ErasureSweeper>();
}
