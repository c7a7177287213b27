using System.Globalization;
using Scoring.Clocks;
using Scoring.Migrations;

namespace Scoring.Storage;

/// <summary>
/// Migrates the schema, runs the start checks and compares the clocks before anything else starts. If one of them refuses, the silo does
/// not start.
/// </summary>
internal sealed class StorageStartService(Migrator migrator, StartChecks checks, ClockGuard clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await migrator.Migrate(cancellationToken);
        await checks.Run(cancellationToken);
        if (await clock.FindDifference(cancellationToken) is { } ahead) throw new StorageUnfitException([Fault(ahead)]);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Fault(TimeSpan ahead) => string.Create(
        CultureInfo.InvariantCulture,
        $"the clock of this machine is {Math.Round(ahead.Duration().TotalSeconds)} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the "
        + $"database's clock. Set both clocks right, or allow the difference in Clock:DifferenceSecondsMax.");
}
