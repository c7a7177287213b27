using Microsoft.Extensions.Options;

namespace Scoring.Health;

/// <summary>
/// Lets a process that serves requests leave without a refused one: when it is told to stop, it first says that it is not ready, and goes
/// on serving for <see cref="HealthOptions.DrainSeconds"/>, so that load balancers send nothing more. Then its server stops. A process that
/// does not drain stops at once.
/// </summary>
public sealed partial class Drain(IOptions<HealthOptions> options, ILogger<Drain> log, ProcessIdentity? process = null)
    : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private volatile bool _isDraining;
    private volatile bool _hasStarted;

    /// <summary>Whether every service of the process has started.</summary>
    public bool HasStarted => _hasStarted;

    /// <summary>Whether the process was told to stop.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Fires when the process has drained. What lasts, as a stream of notices does, ends then.</summary>
    public CancellationToken Over => _over.Token;

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isDraining = true;
        if (process is { Drains: true } && options.Value.DrainSeconds > 0)
        {
            LogDraining(log, options.Value.DrainSeconds);
            await Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await _over.CancelAsync();
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _hasStarted = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _over.Dispose();

    [LoggerMessage(2821, LogLevel.Information,
        "The process was told to stop. It is not ready any more, and serves requests for {Seconds} s")]
    private static partial void LogDraining(ILogger logger, double seconds);
}
