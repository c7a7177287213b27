using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scoring.Bridge.Mqtt;

/// <summary>A broker that demands an encrypted connection, a certificate and a password.</summary>
public sealed class SecuredMqttTests : IDisposable
{
    private readonly ScratchPlace _place = new();
    private readonly FakePlatform _platform = new();

    [Fact]
    public async Task A_bridge_with_certificate_and_password_is_let_in_and_another_is_not()
    {
        MakeCertificates();
        await File.WriteAllTextAsync(_place.In("password"), "pass word\n");
        using (var make = Process.Start("mosquitto_passwd", ["-c", "-b", _place.In("users"), "bridge", "pass word"]))
            await make.WaitForExitAsync();
        await using var broker = await Mosquitto.Start(
            _place.Root, "allow_anonymous false", $"password_file {_place.In("users")}", $"cafile {_place.In("ca.pem")}",
            $"certfile {_place.In("broker.pem")}", $"keyfile {_place.In("broker.key")}", "require_certificate true");
        string[] secured =
        [
            .. broker.Settings(_place.In("dead"), "trips/#"), "--Mqtt:Host=localhost", "--Mqtt:Tls=true",
            $"--Mqtt:CaFile={_place.In("ca.pem")}",
            $"--Mqtt:CertificateFile={_place.In("bridge.pem")}", $"--Mqtt:KeyFile={_place.In("bridge.key")}", "--Mqtt:User=bridge",
        ];
        await using (var stranger = RunningBridge.Start(_platform, secured))
            await RunningBridge.Until(() => stranger.Log.Text.Contains("NotAuthorized", StringComparison.Ordinal), "no password: refused");
        await using (var stranger = RunningBridge.Start(_platform, [.. secured, $"--Mqtt:CaFile={_place.In("bridge.pem")}"]))
            await RunningBridge.Until(
                () => stranger.Log.Text.Contains("certificate was rejected", StringComparison.Ordinal),
                "another authority: refused", stranger.Log);
        await using var bridge = RunningBridge.Start(_platform, [.. secured, $"--Mqtt:PasswordFile={_place.In("password")}"]);
        await RunningBridge.Until(() => bridge.Log.Text.Contains("7401", StringComparison.Ordinal), "let in", bridge.Log);
        bridge.Log.Text.ShouldNotContain("pass word");
    }

    public void Dispose()
    {
        _platform.Dispose();
        _place.Dispose();
    }

    private void MakeCertificates()
    {
        var from = TimeProvider.System.GetUtcNow().AddDays(-1);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(from, from.AddDays(10));
        File.WriteAllText(_place.In("ca.pem"), authority.ExportCertificatePem());
        foreach (var (name, serial) in new[] { ("broker", 1), ("bridge", 2) })
        {
            using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var ownRequest = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
            ownRequest.CertificateExtensions.Add(names.Build());
            using var signed = ownRequest.Create(authority, from, from.AddDays(9), [(byte)serial]);
            File.WriteAllText(_place.In(name + ".pem"), signed.ExportCertificatePem());
            File.WriteAllText(_place.In(name + ".key"), own.ExportPkcs8PrivateKeyPem());
        }
    }
}
