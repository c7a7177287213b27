using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace Scoring.Health;

/// <summary>Looks at the silo's place in its cluster.</summary>
internal sealed class MembershipCheck(IServiceProvider services) : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "membership", "the silo's place in its cluster", "", "the silo is not a member: it starts, stops, or was declared dead",
        "Wait while it starts. Restart it when it was declared dead.", "docs/operations.md#cluster")
    {
        Obstacle = "not-in-cluster",
    };

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Before the silo has begun to start, its services wait for the schema, so they are asked for only now.
        var oracle = services.GetService<ISiloStatusOracle>();
        if (oracle is null || oracle.CurrentStatus != SiloStatus.Active)
            return Task.FromResult(HealthCheckResult.Unhealthy($"This silo is {oracle?.CurrentStatus ?? SiloStatus.None}."));
        var active = oracle.GetApproximateSiloStatuses(onlyActive: true).Count;
        return Task.FromResult(HealthCheckResult.Healthy(active == 1 ? "1 silo is active." : $"{active} silos are active."));
    }
}
