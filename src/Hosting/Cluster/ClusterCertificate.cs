using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scoring.Cluster;

/// <summary>The certificate by which this process proves that it belongs to the cluster, and the authority that the others need.</summary>
internal sealed class ClusterCertificate
{
    /// <summary>The purpose of a certificate that accepts connections (RFC 5280, id-kp-serverAuth).</summary>
    public const string ServerPurpose = "1.3.6.1.5.5.7.3.1";

    /// <summary>The purpose of a certificate that opens connections (RFC 5280, id-kp-clientAuth).</summary>
    public const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _authorities = [];
    private readonly X509Certificate2Collection _between = [];

    private ClusterCertificate(ClusterTlsOptions options)
    {
        _authorities.ImportFromPemFile(options.Authority);
        if (_authorities.Count == 0) throw new CryptographicException("Cluster:Tls:Authority holds no certificate.");
        var password = options.PasswordFile is { Length: > 0 } file ? File.ReadLines(file).FirstOrDefault("") : null;
        Own = IsPkcs12(options.Certificate) ? ReadPkcs12(options.Certificate, password) : ReadPem(options, password);
        Context = SslStreamCertificateContext.Create(Own, _between, offline: true);
    }

    /// <summary>The certificate itself, with its private key.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>The certificate with those between it and the authority, as it is presented.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="CryptographicException">A file does not hold what it should.</exception>
    public static ClusterCertificate Read(ClusterTlsOptions options) => new(options);

    /// <summary>
    /// Returns the rules for another's certificate: it is valid now, for this purpose, and leads to the cluster's authority. Authorities of
    /// the machine do not count, and nothing is downloaded.
    /// </summary>
    public X509ChainPolicy Policy(string purpose)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        policy.ApplicationPolicy.Add(new Oid(purpose));
        return policy;
    }

    /// <summary>Returns why others would refuse this process's own certificate; <see langword="null"/> when they would not.</summary>
    public string? Problem(string name, params ReadOnlySpan<string> purposes)
    {
        if (!IsNamed(Own, name)) return $"It does not carry the DNS name {name} of Cluster:Tls:Name.";
        foreach (var purpose in purposes)
        {
            using var chain = new X509Chain { ChainPolicy = Policy(purpose) };
            chain.ChainPolicy.ExtraStore.AddRange(_between);
            if (!chain.Build(Own)) return string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct());
        }
        return null;
    }

    /// <summary>Tells whether a certificate carries the cluster's name. A wildcard or a common name does not count.</summary>
    public static bool IsNamed(X509Certificate2 certificate, string name) =>
        certificate.MatchesHostname(name, allowWildcards: false, allowCommonName: false);

    private static bool IsPkcs12(string file) => Path.GetExtension(file).ToUpperInvariant() is ".PFX" or ".P12";

    private X509Certificate2 ReadPkcs12(string file, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
        var own = all.FirstOrDefault(one => one.HasPrivateKey)
            ?? throw new CryptographicException("Cluster:Tls:Certificate holds no private key.");
        _between.AddRange(all.Where(one => one != own).ToArray());
        return own;
    }

    private X509Certificate2 ReadPem(ClusterTlsOptions options, string? password)
    {
        var key = options.Key is { Length: > 0 } file ? file : options.Certificate;
        using var pem = password is null
            ? X509Certificate2.CreateFromPemFile(options.Certificate, key)
            : X509Certificate2.CreateFromEncryptedPemFile(options.Certificate, password, key);
        _between.ImportFromPemFile(options.Certificate);
        _between.RemoveAt(0);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null); // Windows cannot present a key read from PEM
    }
}
