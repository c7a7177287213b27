using System.ComponentModel.DataAnnotations;

namespace Scoring.Cluster;

/// <summary>
/// Mutual TLS between silos, and between gateways and silos, in the configuration section <c>Cluster:Tls</c>. It is on when a certificate
/// or an authority is named. Changed files are read again at the next connection.
/// </summary>
public sealed class ClusterTlsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Cluster:Tls";

    /// <summary>
    /// File with the certificate of this process: PEM with those between it and the authority, or PKCS #12 (<c>.pfx</c>, <c>.p12</c>).
    /// </summary>
    public string Certificate { get; set; } = "";

    /// <summary>PEM file with the private key. Empty when the certificate's file holds it.</summary>
    public string Key { get; set; } = "";

    /// <summary>File whose first line is the password of a PKCS #12 file or of an encrypted key. Empty for none.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>PEM file with the root certificates of the authority that signs for this cluster, and for nothing else.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The DNS name that the certificate of every silo and gateway carries. Default <c>scoring</c>.</summary>
    [Required]
    public string Name { get; set; } = "scoring";

    /// <summary>Most seconds that a handshake takes. Default 10; 1 to 60, both included.</summary>
    [Range(1, 60)]
    public int HandshakeSecondsMax { get; set; } = 10;

    /// <summary>Tells whether connections use TLS.</summary>
    public bool IsSet() => Certificate.Length > 0 || Authority.Length > 0;
}
