using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scoring.Migrations;
using Scoring.Storage;

namespace Scoring.Health;

/// <summary>Compares the applied migrations with those of this build.</summary>
internal sealed class SchemaCheck(LedgerDatabase database) : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "schema", "the applied migrations", "the schema is newer than this build: another silo was upgraded already",
        "a migration is missing, or one was applied with another text", "Finish the upgrade of all silos, or restore the schema.",
        "docs/operations.md#cluster");

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellationToken);
        var applied = await MigrationConnection.ReadAll(connection, cancellationToken);
        var own = Migration.Embedded[^1].Number;
        foreach (var migration in Migration.Embedded)
        {
            if (!applied.TryGetValue(migration.Number, out var checksum))
                return HealthCheckResult.Unhealthy($"Migration {migration.Name} is not applied.");
            if (!checksum.AsSpan().SequenceEqual(migration.Checksum))
                return HealthCheckResult.Unhealthy($"Migration {migration.Name} was applied with another text.");
        }
        var newest = applied.Keys.Max();
        return newest == own
            ? HealthCheckResult.Healthy($"The schema has version {own}, as this build.")
            : HealthCheckResult.Degraded($"The schema has version {newest}; this build knows {own}.");
    }
}
