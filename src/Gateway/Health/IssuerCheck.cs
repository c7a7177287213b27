using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Scoring.Health;

/// <summary>Asks for the keys of the issuer of access tokens, which are kept for hours.</summary>
internal sealed class IssuerCheck(IOptionsMonitor<JwtBearerOptions> bearer) : IDescribedCheck
{
    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "issuer", "the keys of the issuer of access tokens", "", "they could not be read since the start: every token is refused",
        "See whether this gateway reaches `Gateway:Tokens:Authority`.", "docs/operations.md#health");

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var options = bearer.Get(JwtBearerDefaults.AuthenticationScheme);
        if (options.ConfigurationManager is not { } issuer) return HealthCheckResult.Healthy("The settings give the keys.");
        try
        {
            var keys = (await issuer.GetConfigurationAsync(cancellationToken)).SigningKeys.Count;
            return keys > 0 ? HealthCheckResult.Healthy($"Keys known: {keys}.") : HealthCheckResult.Unhealthy("It publishes no key.");
        }
        catch (InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("The issuer does not answer.");
        }
    }
}
