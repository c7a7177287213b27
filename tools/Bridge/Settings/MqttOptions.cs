using System.ComponentModel.DataAnnotations;

namespace Scoring.Bridge.Settings;

/// <summary>An MQTT 5 broker.</summary>
internal sealed class MqttOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Mqtt";

    /// <summary>The broker's host; required with this origin.</summary>
    public string Host { get; set; } = "";

    /// <summary>The broker's port.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 8883;

    /// <summary>The name of the bridge's session at the broker. Two bridges must not share it. Required with this origin.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The topics or topic filters to subscribe to; at least one with this origin.</summary>
    public IList<string> Topics { get; set; } = [];

    /// <summary>For how many days the broker keeps the session while the bridge is away.</summary>
    [Range(1, 365)]
    public int SessionDays { get; set; } = 7;

    /// <summary>How many messages the broker sends before one of them is acknowledged.</summary>
    [Range(1, 65_535)]
    public int ReceiveMax { get; set; } = 1000;

    /// <summary>Whether the connection is encrypted.</summary>
    public bool Tls { get; set; } = true;

    /// <summary>A PEM file of the authorities that the broker's certificate may be of; empty for those of the system.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>A PEM file of the bridge's own certificate; empty for none.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>A PEM file of that certificate's private key.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The user; empty for none.</summary>
    public string User { get; set; } = "";

    /// <summary>A file with the user's password. It is read at each connection.</summary>
    public string PasswordFile { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PasswordFile.Length > 0 && User.Length == 0) yield return new($"{Section}:{nameof(PasswordFile)} needs a {nameof(User)}.");
        if (CertificateFile.Length > 0 != KeyFile.Length > 0)
            yield return new($"{Section}:{nameof(CertificateFile)} and {nameof(KeyFile)} belong together.");
        if (!Tls && (CaFile.Length > 0 || CertificateFile.Length > 0))
            yield return new($"{Section}:{nameof(CaFile)} and {nameof(CertificateFile)} need {nameof(Tls)}.");
        if (!Tls && Host.Length > 0 && !LocalHosts.Contains(Host))
            yield return new($"{Section}:{nameof(Tls)} may be false for a broker on this machine only.");
    }
}
