namespace Scoring.Cluster;

/// <summary>
/// Tests who may take part in a cluster of real processes. All other tests of this project run with mutual TLS, so that those who belong
/// to it can take part.
/// </summary>
public sealed class MutualTlsTests : IAsyncLifetime
{
    private const string Refused = "Authentication failed";
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(240);

    private readonly CancellationTokenSource _timeout = new(TimeMax);
    private readonly PlatformCluster _cluster = new() { KeepsAll = true };

    public ValueTask InitializeAsync() => new(_cluster.Prepare(_timeout.Token));

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _timeout.Dispose();
    }

    [Fact]
    public async Task A_silo_of_another_authority_cannot_join()
    {
        using var other = _cluster.OtherAuthority();
        var silo = _cluster.StartSilo();
        await _cluster.UntilActive(1, _timeout.Token);
        var stranger = _cluster.StartSilo(_cluster.Tls("stranger.pem", other));
        await _cluster.UntilWritten(silo, Refused, _timeout.Token);
        await stranger.Kill();
        await _cluster.UntilActive(1, _timeout.Token);
        await _cluster.StartGateway(_timeout.Token);
    }

    [Fact]
    public async Task A_gateway_without_a_certificate_cannot_call()
    {
        var silo = _cluster.StartSilo();
        await _cluster.UntilActive(1, _timeout.Token);
        var (gateway, address) = _cluster.LaunchGateway();
        await _cluster.UntilWritten(silo, Refused, _timeout.Token);
        (await _cluster.UntilAnswered(gateway, new Uri(address, "/health/ready"), _timeout.Token))
            .ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
        await _cluster.StartGateway(_timeout.Token);
    }

    [Fact]
    public async Task Outside_Development_a_silo_that_others_can_reach_does_not_start_without_a_certificate()
    {
        var silo = _cluster.StartSilo(
            ("DOTNET_ENVIRONMENT", "Production"), ("Scoring:Clock:File", ""), ("Cluster:Address", "192.0.2.1"),
            ("Cluster:Tls:Certificate", ""), ("Cluster:Tls:Authority", ""));
        await _cluster.UntilWritten(silo, "need mutual TLS", _timeout.Token);
        await silo.Ended(_timeout.Token);
    }
}
