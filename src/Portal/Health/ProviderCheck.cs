using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Scoring.Hosting;

namespace Scoring.Health;

/// <summary>Asks for the metadata of the provider at which people sign in, which are kept for hours.</summary>
internal sealed class ProviderCheck(PortalOptions options, IServiceProvider services) : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "sign-in", "the provider at which people sign in", "", "its metadata could not be read since the start: no person can sign in",
        "See whether the portal reaches `Portal:SignIn:Authority`.", "docs/portal.md#run-it");

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (options.SignIn.Authority is null) return HealthCheckResult.Healthy("None is set: the portal shows public pages only.");
        var provider = services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(OpenIdConnectDefaults.AuthenticationScheme);
        try
        {
            await provider.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
            return HealthCheckResult.Healthy("Its metadata are known.");
        }
        catch (InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("The provider does not answer.");
        }
    }
}
