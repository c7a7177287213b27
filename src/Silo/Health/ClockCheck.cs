using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scoring.Clocks;

namespace Scoring.Health;

/// <summary>Compares this machine's clock with the database's.</summary>
internal sealed class ClockCheck(ClockGuard clock) : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "clock", "this machine's clock against the database's", "",
        "they differ by more than `Clock:DifferenceSecondsMax`, or the clock has jumped: irreversible work is held",
        "Set the clocks right. Event 2801 says which one is wrong.", "docs/operations.md#the-clock");

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await clock.FindDifference(cancellationToken) is { } ahead)
        {
            var side = ahead > TimeSpan.Zero ? "ahead of" : "behind";
            return HealthCheckResult.Unhealthy($"This machine's clock is {PlainDuration.Of(ahead.Duration())} {side} the database's.");
        }
        return clock.IsSuspect
            ? HealthCheckResult.Unhealthy("The clock is not trusted: it has jumped, or the newest checkpoint is too old.")
            : HealthCheckResult.Healthy("The clocks agree.");
    }
}
