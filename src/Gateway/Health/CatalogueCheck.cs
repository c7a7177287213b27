using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Scoring.Limits;
using Scoring.Programmes;

namespace Scoring.Health;

/// <summary>Looks at the age of the catalogue, which a gateway reads from the cluster again and again.</summary>
internal sealed class CatalogueCheck(CatalogueCache catalogue, IOptions<GatewayLimits> limits) : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "catalogue", "the age of the catalogue, which the gateway reads from the cluster",
        "older than half of `Gateway:Limits:CatalogueAgeSecondsMax`", "older than `Gateway:Limits:CatalogueAgeSecondsMax`",
        "See whether silos run, and whether this gateway reaches them.", "docs/operations.md#who-can-reach-what")
    {
        Obstacle = "catalogue-stale",
    };

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (catalogue.Age is not { } age) return Task.FromResult(HealthCheckResult.Unhealthy("It was not read yet."));
        var status = !catalogue.IsFresh ? HealthStatus.Unhealthy
            : age.TotalSeconds > limits.Value.CatalogueAgeSecondsMax / 2.0 ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        return Task.FromResult(new HealthCheckResult(status, $"It was read {PlainDuration.Of(age)} ago."));
    }
}
