using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scoring.Hosting;

namespace Scoring.Health;

public sealed class PlatformCheckTests
{
    private static readonly Uri Ready = new("http://ready.test");
    private static readonly Uri Silent = new("http://silent.test/base");

    public static TheoryData<Uri[], HealthStatus> Gateways => new()
    {
        { [Ready], HealthStatus.Healthy }, { [Ready, Silent], HealthStatus.Degraded }, { [Silent], HealthStatus.Unhealthy },
    };

    [Theory, MemberData(nameof(Gateways))]
    public async Task The_portal_sees_which_gateways_are_ready(Uri[] gateways, HealthStatus status)
    {
        var services = new ServiceCollection();
        services.AddHttpClient(PlatformCheck.Client).ConfigurePrimaryHttpMessageHandler(() => new Platform());
        await using var provider = services.BuildServiceProvider();
        var check = new PlatformCheck(new PortalOptions { Api = gateways }, provider.GetRequiredService<IHttpClientFactory>());
        var found = await check.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        found.Status.ShouldBe(status);
    }

    [Fact]
    public void The_check_of_the_configuration_names_every_mistake()
    {
        using var output = new StringWriter();
        PortalHost.CheckConfig(
            [
                "--environment=Production", "--Portal:Api:0=ftp://gateway", "--Portal:Port=-1", "--Portal:SignIn:ClientSecrt=s",
                "--Portal:LinkMinutes=ten", "--Health:KeepMs=-1",
            ],
            output).ShouldBe(1);
        var text = output.ToString();
        foreach (var part in new[]
        {
            "Portal:Api must hold absolute http or https addresses.", "Portal:Port:", "Did you mean Portal:SignIn:ClientSecret?",
            "Portal:LinkMinutes: 'ten' is no whole number", "Health:KeepMs:",
        })
            text.ShouldContain(part);
        text.ShouldStartWith("The configuration of Scoring.Portal has 5 mistakes:");
    }

    private sealed class Platform : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri!.AbsolutePath.ShouldEndWith("/health/ready");
            return request.RequestUri.Host == Ready.Host
                ? Task.FromResult(new HttpResponseMessage())
                : throw new HttpRequestException("Nothing answers.");
        }
    }
}
