using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Scoring.Processes;

/// <summary>
/// A network of namespaces on this machine, one for each silo, joined by a bridge. The link of each can be taken down. PostgreSQL is
/// reached through a socket in the file system, so a silo without its link still has the database.
/// </summary>
internal sealed class PeerNetwork : IAsyncDisposable
{
    private readonly string _name = "sc" + RandomNumberGenerator.GetHexString(5, lowercase: true);
    private readonly int _net = RandomNumberGenerator.GetInt32(1, 255);
    private readonly int _silos;

    private PeerNetwork(int silos) => _silos = silos;

    /// <summary>Why this machine cannot have one; <see langword="null"/> when it can.</summary>
    public static string? WhyNot =>
        Environment.UserName != "root" ? "it needs root"
        : !File.Exists("/usr/sbin/ip") && !File.Exists("/sbin/ip") ? "it needs the command ip"
        : null;

    /// <summary>Makes the network.</summary>
    public static async Task<PeerNetwork> Create(int silos)
    {
        var network = new PeerNetwork(silos);
        try
        {
            await Ip($"link add {network._name} type bridge");
            await Ip($"address add {network.Address(0)}/24 dev {network._name}");
            await Ip($"link set {network._name} up");
            for (var silo = 1; silo <= silos; silo++)
            {
                await Ip($"netns add {network.Namespace(silo)}");
                await Ip($"link add {network.Link(silo)} type veth peer name eth0 netns {network.Namespace(silo)}");
                await Ip($"link set {network.Link(silo)} master {network._name} up");
                await Ip($"-n {network.Namespace(silo)} link set lo up");
                await Ip($"-n {network.Namespace(silo)} address add {network.Address(silo)}/24 dev eth0");
                await Ip($"-n {network.Namespace(silo)} link set eth0 up");
            }
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
        return network;
    }

    /// <summary>The address of a silo, from 1.</summary>
    public string Address(int silo) => string.Create(CultureInfo.InvariantCulture, $"10.213.{_net}.{silo + 1}");

    /// <summary>The command that starts a process in a silo's namespace.</summary>
    public string[] Prefix(int silo) => ["ip", "netns", "exec", Namespace(silo)];

    /// <summary>Takes the link of a silo down or up.</summary>
    public Task Link(int silo, bool up) => Ip($"link set {Link(silo)} {(up ? "up" : "down")}");

    public async ValueTask DisposeAsync()
    {
        for (var silo = 1; silo <= _silos; silo++)
        {
            await Run($"link delete {Link(silo)}");
            await Run($"netns delete {Namespace(silo)}");
        }
        await Run($"link delete {_name}");
    }

    private string Namespace(int silo) => string.Create(CultureInfo.InvariantCulture, $"{_name}-{silo}");

    private string Link(int silo) => string.Create(CultureInfo.InvariantCulture, $"{_name}v{silo}");

    private static async Task Ip(string arguments)
    {
        var (code, errors) = await Run(arguments);
        if (code != 0) throw new InvalidOperationException($"ip {arguments} failed: {errors}");
    }

    private static async Task<(int Code, string Errors)> Run(string arguments)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var errors = await ip.StandardError.ReadToEndAsync();
        await ip.WaitForExitAsync();
        return (ip.ExitCode, errors.Trim());
    }
}
