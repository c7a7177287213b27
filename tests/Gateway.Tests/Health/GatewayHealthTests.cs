using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Scoring.Hosting;

namespace Scoring.Health;

public sealed class GatewayHealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_that_was_told_to_stop_is_not_ready_and_still_answers()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.PostEvents(Some.Event())).Status.ShouldBe(202);
        (await gateway.Get("/health/ready")).Status.ShouldBe(200);
        await gateway.Services.GetRequiredService<Drain>().StoppingAsync(Cancel);
        var refused = await gateway.Get("/health/ready");
        (refused.Status, refused.Problem).ShouldBe((503, "unavailable"));
        (await gateway.Get("/health/live")).Status.ShouldBe(200);
        (await gateway.PostEvents(Some.Event())).Status.ShouldBe(202);
    }

    [Fact]
    public async Task The_catalogue_ages_from_healthy_to_degraded_to_unhealthy()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await TestGateway.Start(time);
        await TestCondition.UntilAsync(async () => (await gateway.Get("/health/ready")).Status == 200);
        (await Catalogue(gateway)).ShouldBe(HealthStatus.Healthy);
        gateway.City.OnCatalogue = () => throw new TimeoutException();
        time.Advance(TimeSpan.FromSeconds(61)); // CatalogueAgeSecondsMax is 120
        (await Catalogue(gateway)).ShouldBe(HealthStatus.Degraded);
        time.Advance(TimeSpan.FromSeconds(61));
        (await Catalogue(gateway)).ShouldBe(HealthStatus.Unhealthy);
    }

    [Theory]
    [InlineData("", HealthStatus.Healthy)]
    [InlineData("http://127.0.0.1:1", HealthStatus.Unhealthy)]
    public async Task An_issuer_that_does_not_answer_is_unhealthy_and_given_keys_need_none(string authority, HealthStatus status)
    {
        (string, string)[] settings = authority.Length == 0
            ? []
            : [
                ("Gateway:Tokens:Authority", authority), ("Gateway:Tokens:RequireHttps", "false"), ("Gateway:Tokens:Issuer", ""),
                ("Gateway:Tokens:Jwks", ""),
            ];
        await using var gateway = await TestGateway.Start(settings);
        var check = gateway.Services.GetRequiredService<IssuerCheck>();
        (await check.CheckHealthAsync(new HealthCheckContext(), Cancel)).Status.ShouldBe(status);
    }

    [Fact]
    public void The_check_of_the_configuration_names_every_mistake()
    {
        using var output = new StringWriter();
        GatewayProcess.CheckConfig(
            [
                "--environment=Production", "--Gateway:Limits:BatchEventsMax=0", "--Gateway:Pool:PublicMax=3",
                "--Cluster:RetrySeconds=soon",
                "--Cluster:Tls:Certificate=/no/such.pem", "--Cluster:Tls:Authority=/no/such.pem",
            ],
            output).ShouldBe(1);
        var text = output.ToString();
        foreach (var part in new[]
        {
            "Gateway:Limits:BatchEventsMax:", "There is no setting Gateway:Pool:PublicMax. Did you mean Gateway:Pools:PublicMax?",
            "Cluster:RetrySeconds: 'soon' is no number", "The files of Cluster:Tls cannot be used", "Cluster:ConnectionString:",
            "Gateway:Tokens requires Authority",
        })
            text.ShouldContain(part);
        text.ShouldStartWith("The configuration of Scoring.Gateway has 6 mistakes:");
    }

    private static async Task<HealthStatus> Catalogue(TestGateway gateway) =>
        (await gateway.Services.GetRequiredService<CatalogueCheck>().CheckHealthAsync(new HealthCheckContext(), Cancel)).Status;
}
