using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Scoring.Cluster;
using Scoring.Testing;

namespace Scoring.Health;

public sealed class CertificateCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-certificate-").FullName;
    private readonly TestAuthority _authority;

    public CertificateCheckTests() => _authority = new TestAuthority(_folder);

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(15.5, HealthStatus.Healthy)]
    [InlineData(13.5, HealthStatus.Degraded)]
    [InlineData(-0.5, HealthStatus.Unhealthy)]
    public async Task The_last_day_of_the_certificate_decides(double lastDay, HealthStatus status)
    {
        var tls = new ClusterTlsOptions { Certificate = _authority.Issue("silo.pem", lastDay: lastDay), Authority = _authority.File };
        var check = new CertificateCheck(
            new ClusterCertificates(Options.Create(tls), NullLogger<ClusterCertificates>.Instance), Options.Create(new HealthOptions()),
            TimeProvider.System);
        (await check.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status.ShouldBe(status);
    }
}
