using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Scoring.Hosting;

/// <summary>Options of the platform in one process, in the configuration section <c>Standalone</c>.</summary>
public sealed class StandaloneOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Standalone";

    /// <summary>Folder of the database, the keys and the clients' file. Default <c>.data</c>.</summary>
    [Required]
    public string DataFolder { get; set; } = ".data";

    /// <summary>
    /// The IP address on which the API listens: <c>127.0.0.1</c> by default, which only this machine reaches; <c>0.0.0.0</c> or <c>::</c>
    /// for every address of the machine, which should stand behind a proxy with TLS. PostgreSQL and the development issuer stay on the
    /// loopback address.
    /// </summary>
    [Required, CustomValidation(typeof(StandaloneOptions), nameof(IsAddress))]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port of the API. Default 5080; 0 to 65535, where 0 is any free port.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 5080;

    /// <summary>
    /// Whether programmes use the instant in the file <c>clock</c> of the data folder, so that a past can be replayed. Development only.
    /// </summary>
    public bool DevelopmentClock { get; set; }

    /// <summary>Whether the portal runs in the process too. Default <c>true</c>. Its settings are in the section <c>Portal</c>.</summary>
    public bool Portal { get; set; } = true;

    /// <summary>The IP address on which the API listens.</summary>
    internal IPAddress Listen => IPAddress.Parse(Address);

    /// <summary>Tells whether a text is an IP address.</summary>
    public static ValidationResult? IsAddress(string text) => IPAddress.TryParse(text, out _)
        ? ValidationResult.Success
        : new ValidationResult("Standalone:Address must be an IP address, for example 127.0.0.1 or 0.0.0.0.");
}
