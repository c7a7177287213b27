using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Storage;

namespace Scoring.Health;

/// <summary>Asks the database for the shortest answer.</summary>
internal sealed class DatabaseCheck(LedgerDatabase database, IOptions<HealthOptions> options) : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "database", "an answer of the database", "", "it does not answer within `Health:DatabaseMs`",
        "See whether PostgreSQL runs, and whether its connections suffice.", "docs/operations.md#postgresql")
    {
        Obstacle = "database",
    };

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Value.DatabaseMs);
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            await using var command = database.Readers.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(deadline.Token);
            return HealthCheckResult.Healthy($"It answers in {Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds:N1} ms.");
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("It does not answer.");
        }
    }
}
