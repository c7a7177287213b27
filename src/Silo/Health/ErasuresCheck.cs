using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using NpgsqlTypes;
using Scoring.Metrics;
using Scoring.Storage;

namespace Scoring.Health;

/// <summary>
/// Looks for erasures that make no progress. An age counts from the first look of this check, because the database keeps no instant.
/// </summary>
internal sealed class ErasuresCheck(
    LedgerDatabase database, IOptions<HealthOptions> options, IOptions<MetricsOptions> metrics, TimeProvider machine) : IDescribedCheck
{
    private readonly OpenErasureAges _ages = new();
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "erasures", "erasures that are not complete", "one was open at the look before and still is",
        "one is open for longer than `Health:ErasureMinutesMax`",
        "See event 2211 and the background step erasures: someone has left and is not erased.",
        "docs/operations.md#what-erasure-means-and-when");

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var open = await Read(cancellationToken);
        TimeSpan oldest;
        lock (_gate) oldest = _ages.Oldest(open, machine.GetUtcNow());
        if (open.Count == 0) return HealthCheckResult.Healthy("None is open.");
        var status = oldest > TimeSpan.FromMinutes(options.Value.ErasureMinutesMax) ? HealthStatus.Unhealthy
            : oldest > TimeSpan.Zero ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        var more = open.Count == metrics.Value.CountMax ? " or more" : "";
        return new HealthCheckResult(status, $"{open.Count}{more} open, the oldest for {PlainDuration.Of(oldest)}.");
    }

    private async Task<List<(int, long, DateOnly?)>> Read(CancellationToken cancellationToken)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellationToken);
        await using var command = Sql.Command(connection, BacklogSql.OpenErasures, (metrics.Value.CountMax, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var open = new List<(int, long, DateOnly?)>();
        while (await reader.ReadAsync(cancellationToken))
            open.Add((reader.GetInt16(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateOnly>(2)));
        return open;
    }
}
