using Scoring.Migrations;

namespace Scoring.Storage;

/// <summary>
/// Migrates the schema and runs the start checks before anything else starts. If either refuses the database, the silo does not start.
/// </summary>
internal sealed class StorageStartService(Migrator migrator, StartChecks checks) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await migrator.Migrate(cancellationToken);
        await checks.Run(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
