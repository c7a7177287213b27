using Microsoft.Extensions.Options;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>
/// Stops the silo when its database is replaced while it runs. The other database brings withdrawn subjects back, and nothing of it may be
/// served before the erasure list is replayed. So the silo refuses every new connection and ends with exit code 1; its supervisor restarts
/// it. It ends without a hand-over, because its folds and positions are those of the database before.
/// </summary>
internal sealed class StopOnDatabaseReplaced(
    IncarnationMonitor incarnation, IHostApplicationLifetime life, IOptions<HostOptions> host, IOptions<StorageOptions> storage,
    ILogger<StopOnDatabaseReplaced> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        incarnation.Changed += Stop;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        incarnation.Changed -= Stop;
        return Task.CompletedTask;
    }

    private void Stop(IncarnationId _)
    {
        incarnation.Refuse();
        log.Replaced();
        Environment.ExitCode = 1;
        host.Value.ShutdownTimeout = TimeSpan.FromSeconds(storage.Value.ReplacedStopSeconds);
        life.StopApplication();
    }
}
