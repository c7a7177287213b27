using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scoring.Testing;

/// <summary>A certificate authority of a test. It writes certificates as files in a folder.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private readonly string _folder;
    private readonly X509Certificate2 _root;

    /// <summary>Makes an authority and writes its certificate to the folder.</summary>
    public TestAuthority(string folder, string name = "authority")
    {
        _folder = folder;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
        File = Path.Combine(folder, name + ".pem");
        System.IO.File.WriteAllText(File, _root.ExportCertificatePem());
    }

    /// <summary>The file with the authority's certificate.</summary>
    public string File { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Writes a certificate with its key to one PEM file; returns the file.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="name">The DNS name that it carries.</param>
    /// <param name="lastDay">The days from now to its end; negative for an expired one.</param>
    /// <param name="isServer">Whether it may accept connections.</param>
    /// <param name="isClient">Whether it may open connections.</param>
    public string Issue(string file, string name = "scoring", double lastDay = 1, bool isServer = true, bool isClient = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=member", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var purposes = new OidCollection();
        if (isServer) purposes.Add(new Oid(ServerPurpose));
        if (isClient) purposes.Add(new Oid(ClientPurpose));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes, false));
        var last = Now.AddDays(lastDay);
        using var certificate = request.Create(_root, last.AddDays(-30), last, RandomNumberGenerator.GetBytes(8));
        var path = Path.Combine(_folder, file);
        System.IO.File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Dispose();
}
