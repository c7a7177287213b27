using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scoring.Background;

namespace Scoring.Health;

/// <summary>Names the background steps that fail.</summary>
internal sealed class BackgroundCheck(BackgroundStepRunner runner) : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "background", "the background steps of this silo", "one has failed and not succeeded since", "",
        "Event 2901 names the step and the fault. It is tried again by itself.", "docs/operations.md#background-steps");

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failing = runner.Failing;
        return Task.FromResult(failing.Count == 0
            ? HealthCheckResult.Healthy("No step fails.")
            : HealthCheckResult.Degraded($"Failing: {string.Join(", ", failing)}."));
    }
}
