using System.ComponentModel.DataAnnotations;

namespace Scoring.Hosting;

/// <summary>Options of the platform in one process, in the configuration section <c>Standalone</c>.</summary>
public sealed class StandaloneOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Standalone";

    /// <summary>Folder of the database, the keys and the clients' file. Default <c>.data</c>.</summary>
    [Required]
    public string DataFolder { get; set; } = ".data";

    /// <summary>Port of the API, which listens on the loopback address only. Default 5080; 0 to 65535, where 0 is any free port.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 5080;

    /// <summary>
    /// Whether programmes use the instant in the file <c>clock</c> of the data folder, so that a past can be replayed. Development only.
    /// </summary>
    public bool DevelopmentClock { get; set; }
}
