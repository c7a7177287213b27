using Scoring.Migrations;

namespace Scoring.Storage;

/// <summary>Before anything else starts: the schema, then the checks. What they refuse keeps the silo from starting.</summary>
internal sealed class StorageStartService(Migrator migrator, StartChecks checks) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await migrator.Migrate(cancellationToken);
        await checks.Run(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
