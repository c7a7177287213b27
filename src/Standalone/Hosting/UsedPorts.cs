using System.Net;
using System.Net.Sockets;

namespace Scoring.Hosting;

/// <summary>Looks whether the ports of the process are free before anything starts.</summary>
internal static class UsedPorts
{
    /// <summary>Returns which port is in use and how to choose another one; <see langword="null"/> when all are free.</summary>
    public static string? Find(WebApplicationBuilder builder, StandaloneOptions options, DevelopmentIssuerOptions issuer)
    {
        if (!IsFree(options.Listen, options.Port)) return InUse(options.Port, StandaloneOptions.Section);
        if (builder.Environment.IsDevelopment() && !IsFree(IPAddress.Loopback, issuer.Port))
            return InUse(issuer.Port, DevelopmentIssuerOptions.Section);
        var portal = StandalonePortal.Options(builder.Configuration);
        return options.Portal && IPAddress.TryParse(portal.Address, out var listen) && !IsFree(listen, portal.Port)
            ? InUse(portal.Port, PortalOptions.Section)
            : null;
    }

    private static string InUse(int port, string section) =>
        $"Port {port} is in use on this machine. Choose another port with --{section}:Port=N.";

    private static bool IsFree(IPAddress address, int port)
    {
        if (port == 0) return true;
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            probe.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
