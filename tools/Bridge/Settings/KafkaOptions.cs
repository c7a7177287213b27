using System.ComponentModel.DataAnnotations;

namespace Scoring.Bridge.Settings;

/// <summary>How the bridge signs in to Kafka.</summary>
internal enum KafkaSignIn
{
    /// <summary>By a certificate, or not at all.</summary>
    None = 0,

    /// <summary>SASL PLAIN.</summary>
    Plain = 1,

    /// <summary>SASL SCRAM-SHA-256.</summary>
    ScramSha256 = 2,

    /// <summary>SASL SCRAM-SHA-512.</summary>
    ScramSha512 = 3,
}

/// <summary>A Kafka cluster.</summary>
internal sealed class KafkaOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Kafka";

    /// <summary>The first brokers to ask, each <c>host:port</c>; at least one with this origin.</summary>
    public IList<string> Servers { get; set; } = [];

    /// <summary>The topics to carry, by name; at least one with this origin. Refused events go to <c>topic.dead</c>.</summary>
    public IList<string> Topics { get; set; } = [];

    /// <summary>The consumer group, which holds the offsets.</summary>
    [Required]
    public string Group { get; set; } = "scoring-bridge";

    /// <summary>After how many seconds without a sign of it the group gives a bridge's partitions to another one.</summary>
    [Range(6, 1800)]
    public int SessionSeconds { get; set; } = 45;

    /// <summary>
    /// Whether the bridge looks at start whether each dead-letter topic expires, and creates it when it is missing. Without it, the
    /// operator sees to both.
    /// </summary>
    public bool ChecksDeadTopics { get; set; } = true;

    /// <summary>Whether the connections are encrypted.</summary>
    public bool Tls { get; set; } = true;

    /// <summary>A PEM file of the authorities that the brokers' certificates may be of; empty for those of the system.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>A PEM file of the bridge's own certificate; empty for none.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>A PEM file of that certificate's private key.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>How a user signs in.</summary>
    public KafkaSignIn SignIn { get; set; }

    /// <summary>The user; empty for none.</summary>
    public string User { get; set; } = "";

    /// <summary>A file with the user's password.</summary>
    public string PasswordFile { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SignIn != KafkaSignIn.None && (User.Length == 0 || PasswordFile.Length == 0))
            yield return new($"{Section}:{nameof(SignIn)} needs {nameof(User)} and {nameof(PasswordFile)}.");
        if (SignIn == KafkaSignIn.None && (User.Length > 0 || PasswordFile.Length > 0))
            yield return new($"{Section}:{nameof(User)} needs {nameof(SignIn)}.");
        if (CertificateFile.Length > 0 != KeyFile.Length > 0)
            yield return new($"{Section}:{nameof(CertificateFile)} and {nameof(KeyFile)} belong together.");
        if (!Tls && (CaFile.Length > 0 || CertificateFile.Length > 0))
            yield return new($"{Section}:{nameof(CaFile)} and {nameof(CertificateFile)} need {nameof(Tls)}.");
        if (!Tls && !Servers.All(server => LocalHosts.Contains(server[..Math.Max(0, server.LastIndexOf(':'))])))
            yield return new($"{Section}:{nameof(Tls)} may be false for brokers on this machine only.");
    }
}
