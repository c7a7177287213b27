using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Scoring.Checkpoints;
using Scoring.Clocks;

namespace Scoring.Health;

/// <summary>Looks at the age of the newest checkpoint.</summary>
internal sealed class SealerCheck(IReferenceClock times, IOptions<CheckpointOptions> checkpoints, IOptions<ClockOptions> clock)
    : IDescribedCheck
{
    /// <summary>The first checkpoint of a new ledger is made within seconds.</summary>
    private static readonly TimeSpan FirstMax = TimeSpan.FromMinutes(5);

    private readonly long _startedAt = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "sealer", "the age of the newest checkpoint",
        "there is still none after five minutes, or it is older than twice `Checkpoints:IntervalSeconds`",
        "older than `Clock:GapHoursMax`: after a restart nothing would expire",
        "See event 2702 and the background step checkpoint.", "docs/operations.md#background-steps");

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (now, newest) = await times.Read(cancellationToken);
        if (newest is not { } at)
            return new HealthCheckResult(
                Stopwatch.GetElapsedTime(_startedAt) > FirstMax ? HealthStatus.Degraded : HealthStatus.Healthy,
                "There is no checkpoint yet.");
        var age = now > at ? now - at : TimeSpan.Zero; // a clock that was ahead may have made it
        var status = age > TimeSpan.FromHours(clock.Value.GapHoursMax) ? HealthStatus.Unhealthy
            : age > TimeSpan.FromSeconds(2.0 * checkpoints.Value.IntervalSeconds) ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        return new HealthCheckResult(status, $"The newest checkpoint is {PlainDuration.Of(age)} old.");
    }
}
