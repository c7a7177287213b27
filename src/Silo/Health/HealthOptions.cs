using System.ComponentModel.DataAnnotations;

namespace Scoring.Health;

/// <summary>Where a silo that is a process of its own answers about its health, in the configuration section <c>Health</c>.</summary>
public sealed class HealthOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Health";

    /// <summary>
    /// The address, for example <c>http://127.0.0.1:5085</c>, or <c>http://0.0.0.0:5085</c> for a supervisor on another machine. Empty by
    /// default: the silo does not answer, and opens no port for it.
    /// </summary>
    [MaxLength(200), RegularExpression("http://[^/]+", ErrorMessage = "Health:Url must be http://, a host and a port.")]
    public string Url { get; set; } = "";

    /// <summary>Longest wait for the database's answer, in milliseconds. Default 2000; 10 to 60000, both included.</summary>
    [Range(10, 60_000)]
    public int DatabaseMs { get; set; } = 2000;
}
