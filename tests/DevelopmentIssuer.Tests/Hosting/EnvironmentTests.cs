using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Scoring.Hosting;

public sealed class EnvironmentTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("")]
    public async Task The_issuer_does_not_start_outside_development(string environment)
    {
        var options = new DevelopmentIssuerOptions { Port = 0 };
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => Start(environment, options));
        refusal.Message.ShouldBe("The development issuer is for Development only.");
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("http://127.0.0.1:5081/a-path")]
    [InlineData("javascript:alert(1)")]
    public Task A_portal_that_is_no_origin_is_refused(string portal) => Should.ThrowAsync<ValidationException>(
        () => Start(Environments.Development, new DevelopmentIssuerOptions { Port = 0, Portal = portal }));

    [Fact]
    public Task An_option_out_of_its_range_is_refused() => Should.ThrowAsync<ValidationException>(
        () => Start(Environments.Development, new DevelopmentIssuerOptions { Port = 0, AccessTokenMinutes = 0 }));

    private static async Task Start(string environment, DevelopmentIssuerOptions options)
    {
        await using var host = await DevelopmentIssuerHost.Start(
            new HostingEnvironment { EnvironmentName = environment }, options, TestIssuer.NewSetup(), TimeProvider.System,
            CancellationToken.None);
    }
}
