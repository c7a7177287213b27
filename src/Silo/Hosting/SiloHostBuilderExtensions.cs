using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Audit;
using Scoring.Checkpoints;
using Scoring.Clocks;
using Scoring.Cluster;
using Scoring.Contests;
using Scoring.Enrolments;
using Scoring.Erasures;
using Scoring.Exports;
using Scoring.Health;
using Scoring.Inbox;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Metrics;
using Scoring.Notices;
using Scoring.Owners;
using Scoring.Programmes;
using Scoring.Receipts;
using Scoring.Recomputing;
using Scoring.SetAside;
using Scoring.Simulation;
using Scoring.Statistics;
using Scoring.Storage;
using Scoring.Streams;
using Scoring.Telemetry;

namespace Scoring.Hosting;

/// <summary>Makes a process a silo of the platform.</summary>
public static class SiloHostBuilderExtensions
{
    private const int DevelopmentGapHours = 87_600;

    /// <summary>
    /// Adds storage, ledger, enrolments, programmes, keys, grains, stream and cluster. Their options are in the configuration's sections
    /// <c>Storage</c>, <c>Ledger</c>, <c>Enrolments</c>, <c>Erasures</c>, <c>Retention</c>, <c>Keys</c>, <c>Notice</c>, <c>Programmes</c>,
    /// <c>Cluster</c>, <c>Streams</c>, <c>Simulation</c>, <c>Contests</c>, <c>Exports</c>, <c>Checkpoints</c>, <c>Audit</c>,
    /// <c>Statistics</c>, <c>Recomputation</c>, <c>Metrics</c> and those of <see cref="GrainServiceCollectionExtensions"/>. Hosted services
    /// start in the order in which they are added: schema and checks, programmes, the replay of the erasure list, the silo, and then the
    /// periodic services.
    /// </summary>
    public static IHostApplicationBuilder AddScoringSilo(this IHostApplicationBuilder builder, IConfiguration configuration)
    {
        var cluster = configuration.GetSection(SiloClusterOptions.Section).Get<SiloClusterOptions>() ?? new SiloClusterOptions();
        builder.AddGrainTelemetry();
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddProgrammeClock(configuration, builder.Environment);
        services.AddKeys(configuration);
        // A developer starts the platform after any pause. Configured values, which are bound later, win.
        if (builder.Environment.IsDevelopment()) services.Configure<ClockOptions>(clock => clock.GapHoursMax = DevelopmentGapHours);
        services.AddStorage().AddLedger().AddEnrolments().AddErasures(configuration, builder.Environment).AddNoticeLedger();
        services.AddScoringGrains(configuration);
        services.AddExports(configuration).AddSingleton<IExportStore, PostgresExports>();
        services.AddCheckpoints(configuration).AddCheckpointStore();
        services.AddScoringAudit(configuration).AddSingleton<IAuditStore, PostgresAudit>();
        services.AddReceipts(configuration, builder.Environment.IsDevelopment());
        services.AddProgrammes(configuration).AddAdministration();
        services.AddErasureReplay();
        services.AddHostedService<LedgerHeadsWarmup>();
        services.AddChecked<SiloClusterOptions>(configuration.GetSection(SiloClusterOptions.Section));
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = TimeSpan.FromSeconds(Math.Max(host.ShutdownTimeout.TotalSeconds, cluster.ShutdownSeconds));
            host.ServicesStartConcurrently = false;
            // A step never throws out of its service, so a service that ends has a defect in its loop: the process is to be restarted.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });
        builder.UseOrleans(silo => silo.UseCluster(cluster, configuration, builder.Environment)
            .AddLedgerStream(configuration).AddPartitionOwners().AddAdministrationStates());
        services.AddErasureSweeper().AddCheckpointService();
        services.AddScoringSimulation(configuration);
        services.AddContests(configuration);
        services.AddInbox(configuration);
        services.AddStatistics(configuration);
        services.AddRecomputation(configuration);
        services.AddSetAsideStore();
        services.AddSiloMetrics(configuration);
        services.AddSiloChecks();
        return builder;
    }

    /// <summary>
    /// Adds the key file, which is read when it is first needed. That is at start, when its fingerprints are compared with the database.
    /// </summary>
    private static void AddKeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddChecked<KeyOptions>(configuration.GetSection(KeyOptions.Section));
        services.AddSingleton(provider => PlatformKeyFile.Read(provider.GetRequiredService<IOptions<KeyOptions>>().Value.File));
        services.AddSingleton(provider => provider.GetRequiredService<PlatformKeyFile>().Keys);
        services.AddSingleton(provider => provider.GetRequiredService<PlatformKeyFile>().Receipts);
        services.AddSingleton(provider => provider.GetRequiredService<PlatformKeyFile>().Checkpoints);
        services.AddOptions<StorageOptions>().Configure<PlatformKeyFile>((storage, file) =>
        {
            foreach (var (name, fingerprint) in file.Fingerprints) storage.KeyFingerprints[name] = fingerprint;
        });
    }
}
