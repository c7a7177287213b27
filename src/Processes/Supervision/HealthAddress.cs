using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Scoring.Supervision;

/// <summary>Finds the address at which a process asks itself whether it lives.</summary>
public static class HealthAddress
{
    private const string Path = "/health/live";

    /// <summary>
    /// Returns an address at which the web server of a process listens, one without TLS if there is one; <see langword="null"/> before the
    /// server has started.
    /// </summary>
    public static string? OfServer(IServiceProvider services) =>
        services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
            .Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>
    /// Returns the address of <c>/health/live</c>. A process that listens on every address of the machine is asked at the loopback address.
    /// </summary>
    /// <param name="listening">Where the process listens, in the form of Kestrel; <see langword="null"/> for nowhere.</param>
    internal static Uri? Of(string? listening)
    {
        if (listening is null || !Uri.TryCreate(Named(listening), UriKind.Absolute, out var address)) return null;
        var host = !IPAddress.TryParse(address.Host.Trim('[', ']'), out var parsed) ? address.Host
            : parsed.Equals(IPAddress.Any) ? "127.0.0.1"
            : parsed.Equals(IPAddress.IPv6Any) ? "[::1]"
            : address.Host;
        return new UriBuilder(address) { Host = host, Path = Path }.Uri;
    }

    /// <summary>A star or a plus stands for every address of the machine.</summary>
    private static string Named(string listening) =>
        listening.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
}
