using Microsoft.Extensions.Options;
using Scoring.Background;
using Scoring.Checkpoints;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Ledger;

namespace Scoring.Metrics;

/// <summary>
/// Begins the silo's counters, and looks at what no request measures, at a bounded pace. A scrape asks nothing: it gets the last look.
/// </summary>
internal sealed class MetricsService(
    BacklogReader backlog, PostgresLedger ledger, IOptions<KeyOptions> keys, MetricsServiceDependencies services) : BackgroundService
{
    private readonly ConnectionCount _connections = new();

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        ScoringMeter.Begin(typeof(GrainMetrics), typeof(LedgerMetrics), typeof(CheckpointMetrics), typeof(BacklogMetrics));
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _connections.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => services.Steps.Repeat(
        new BackgroundSchedule(
            TimeSpan.FromSeconds(services.Options.Value.LookSeconds),
            new BackgroundStep("measures", Look), new BackgroundStep("measures-database", backlog.Read)),
        stoppingToken);

    /// <summary>Measures what is in memory and in the file system, so that it is seen also while the database does not answer.</summary>
    private Task Look(CancellationToken cancellationToken)
    {
        ledger.RecordBacklog();
        _connections.Record();
        var age = services.Machine.GetUtcNow() - new DateTimeOffset(File.GetLastWriteTimeUtc(keys.Value.File));
        BacklogMetrics.KeyAge.Record(Math.Max(0, age.TotalSeconds));
        return Task.CompletedTask;
    }
}

/// <summary>The pace of <see cref="MetricsService"/>, the runner of its steps, and the machine's clock.</summary>
internal sealed record MetricsServiceDependencies(IOptions<MetricsOptions> Options, BackgroundStepRunner Steps, TimeProvider Machine);
