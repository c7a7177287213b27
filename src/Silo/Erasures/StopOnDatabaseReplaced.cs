using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>
/// A database that was replaced under a running silo brings back whoever has left since: nothing of it is served before the list is
/// replayed. So every new connection is refused from that moment on, and the process ends, to be started anew by whoever watches it.
/// </summary>
internal sealed class StopOnDatabaseReplaced(
    IncarnationMonitor incarnation, IHostApplicationLifetime life, ILogger<StopOnDatabaseReplaced> log) : IHostedService
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
        life.StopApplication();
    }
}
