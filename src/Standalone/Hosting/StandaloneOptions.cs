using System.ComponentModel.DataAnnotations;

namespace Scoring.Hosting;

/// <summary>How the platform runs in one process, in the configuration section <c>Standalone</c>.</summary>
public sealed class StandaloneOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Standalone";

    /// <summary>Folder of everything that lasts: the database, the keys, the clients' file. Default <c>.data</c>.</summary>
    [Required]
    public string DataFolder { get; set; } = ".data";

    /// <summary>The port on which the API is served to this machine alone. Default 5080; 0 for any free one, up to 65535.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 5080;

    /// <summary>Go by the instant in <c>clock</c> in the data folder, so that a past can be replayed. In Development only.</summary>
    public bool DevelopmentClock { get; set; }
}
