using Scoring.Retention;

namespace Scoring.Erasures;

/// <summary>
/// Runs at every start, before the silo joins the cluster and serves: it replays the erasure list, continues open erasures, and expires
/// entries that are past their retention. On a database that was not restored the replay finds nothing to erase.
/// </summary>
internal sealed class ErasureReplayService(
    ErasureReplayer replayer, ErasureFinisher finisher, RetentionSweep retention, ILogger<ErasureReplayService> log) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await replayer.Replay(cancellationToken);
        // No grain of this silo is active yet. The sweeper makes the other silos forget, and ends these erasures.
        await finisher.FinishOpen(forget: false, cancellationToken);
        if (await retention.ExpireAll(cancellationToken) is > 0 and var cleared) log.Expired(cleared);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
