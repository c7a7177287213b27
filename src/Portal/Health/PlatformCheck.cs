using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scoring.Hosting;

namespace Scoring.Health;

/// <summary>Asks each gateway whether it is ready. The portal answers without them too, with pages that say so.</summary>
internal sealed class PlatformCheck(PortalOptions options, IHttpClientFactory clients) : IDescribedCheck
{
    /// <summary>The name of the client that asks.</summary>
    public const string Client = "portal-health";

    /// <inheritdoc/>
    public static CheckDescription Description { get; } = new(
        "platform", "the gateways of `Portal:Api`", "one of them is not ready", "none of them is ready",
        "See the health of the gateways.", "docs/operations.md#health");

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var http = clients.CreateClient(Client);
        var answers = await Task.WhenAll(options.Api.Select(address => IsReady(http, address, cancellationToken)));
        var ready = answers.Count(isReady => isReady);
        var status = ready == answers.Length ? HealthStatus.Healthy : ready > 0 ? HealthStatus.Degraded : HealthStatus.Unhealthy;
        return new HealthCheckResult(status, $"Gateways that are ready: {ready} of {answers.Length}.");
    }

    private static async Task<bool> IsReady(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var root = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
            using var answer = await http.GetAsync(
                new Uri(root, "health/ready"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
