using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Storage;

namespace Scoring.Health;

/// <summary>
/// Looks for erasures that make no progress. The database keeps no time of an erasure, so the check remembers when it first saw each one
/// that is open, by its place in the ledger, which is no person.
/// </summary>
internal sealed class ErasuresCheck(LedgerDatabase database, IOptions<HealthOptions> options) : IDescribedCheck
{
    private const int CountMax = 1000;

    /// <summary>The places of open erasures. The table holds open and recently finished ones alone. No lock. $1 most rows.</summary>
    private const string ReadOpen = "SELECT partition, position FROM ledger.erasure WHERE subject IS NOT NULL LIMIT $1";

    private readonly Lock _gate = new();
    private Dictionary<(short, long), long> _seenAt = [];

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
        var oldest = Oldest(open);
        if (open.Count == 0) return HealthCheckResult.Healthy("None is open.");
        var status = oldest > TimeSpan.FromMinutes(options.Value.ErasureMinutesMax) ? HealthStatus.Unhealthy
            : oldest > TimeSpan.Zero ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        return new HealthCheckResult(
            status, $"{open.Count}{(open.Count == CountMax ? " or more" : "")} open, seen for {PlainDuration.Of(oldest)}.");
    }

    private TimeSpan Oldest(List<(short, long)> open)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            _seenAt = open.ToDictionary(place => place, place => _seenAt.GetValueOrDefault(place, now));
            return open.Count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_seenAt.Values.Min(), now);
        }
    }

    private async Task<List<(short, long)>> Read(CancellationToken cancellationToken)
    {
        await using var command = database.Readers.CreateCommand(ReadOpen);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = CountMax });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var open = new List<(short, long)>();
        while (await reader.ReadAsync(cancellationToken)) open.Add((reader.GetInt16(0), reader.GetInt64(1)));
        return open;
    }
}
