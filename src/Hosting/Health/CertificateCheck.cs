using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Scoring.Cluster;

namespace Scoring.Health;

/// <summary>Looks at the last day of the certificate by which this process proves that it belongs to the cluster.</summary>
internal sealed class CertificateCheck(ClusterCertificates certificates, IOptions<HealthOptions> options, TimeProvider time)
    : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "certificate", "the cluster's certificate of this process", "it ends within `Health:CertificateDaysMin`",
        "it has ended: no new connection to a silo succeeds", "Renew it: write the new file and rename it over. No restart is needed.",
        "docs/operations.md#who-can-reach-what");

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var end = certificates.Current().Own.NotAfter.ToUniversalTime();
        var left = end - time.GetUtcNow().UtcDateTime;
        var status = left <= TimeSpan.Zero ? HealthStatus.Unhealthy
            : left < TimeSpan.FromDays(options.Value.CertificateDaysMin) ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        return Task.FromResult(new HealthCheckResult(status, $"It is valid until {end:u}."));
    }
}
