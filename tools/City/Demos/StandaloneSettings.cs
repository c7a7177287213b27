using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Scoring.City.Demos;

/// <summary>How the platform is started on a scratch folder.</summary>
public static class StandaloneSettings
{
    /// <summary>Its command line: everything in the folder, on a free port.</summary>
    /// <param name="folder">The scratch folder.</param>
    /// <param name="developmentClock">Whether programmes go by a clock file in it, instead of the machine's clock.</param>
    public static string[] Of(string folder, bool developmentClock) =>
    [
        $"--Standalone:DataFolder={folder}",
        string.Create(CultureInfo.InvariantCulture, $"--Standalone:Port={FreePort()}"),
        $"--Standalone:DevelopmentClock={developmentClock}",
    ];

    /// <summary>Where it then says where it is.</summary>
    public static string FileOf(string folder) => Path.Combine(folder, "standalone.json");

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
