using System.Net;

namespace Scoring.Bridge.Settings;

/// <summary>The names of this machine. What is sent to any other is encrypted.</summary>
internal static class LocalHosts
{
    /// <summary>Whether a host is this machine.</summary>
    public static bool Contains(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
