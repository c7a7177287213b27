using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Scoring.Settings;

namespace Scoring.Postgres;

/// <summary>Options of the embedded server. They are validated together when it starts.</summary>
public sealed class EmbeddedPostgresOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Postgres";

    /// <summary>Folder of the cluster, its lock and its logs; created when absent. Default <c>.data</c>.</summary>
    [Required, SetByPlatform]
    public string DataFolder { get; set; } = ".data";

    /// <summary>
    /// Folder with <c>initdb</c> and <c>postgres</c>. Default: the newest installed version, or the version that created the data.
    /// </summary>
    [NamesPath]
    public string? BinariesFolder { get; set; }

    /// <summary>Account that runs the server when this process is root, which PostgreSQL refuses. Default <c>postgres</c>.</summary>
    [Required, RegularExpression("[a-z_][a-z0-9_-]{0,31}")]
    public string Account { get; set; } = "postgres";

    /// <summary>shared_buffers in MiB. Default 256; 16 to 65536, both included.</summary>
    [Range(16, 65536)]
    public int SharedBuffersMiB { get; set; } = 256;

    /// <summary>max_connections. Default 100; 10 to 1000, both included.</summary>
    [Range(10, 1000)]
    public int ConnectionsMax { get; set; } = 100;

    /// <summary>Longest start in seconds, crash recovery included. Default 120; 1 to 3600, both included.</summary>
    [Range(1, 3600)]
    public int StartSecondsMax { get; set; } = 120;

    /// <summary>Longest orderly stop in seconds, after which the server is killed. Default 30; 1 to 600, both included.</summary>
    [Range(1, 600)]
    public int StopSecondsMax { get; set; } = 30;

    /// <summary>Whether the data are deleted when the server stops. Default false.</summary>
    public bool DeleteOnStop { get; set; }

    /// <summary>Options for tests and benches: a new temporary folder, which is deleted on stop.</summary>
    public static EmbeddedPostgresOptions Scratch() => new()
    {
        DataFolder = Path.Combine(Path.GetTempPath(), "scoring-pg-" + RandomNumberGenerator.GetHexString(12, lowercase: true)),
        DeleteOnStop = true,
        SharedBuffersMiB = 64,
    };

    internal void Validate()
    {
        var errors = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), errors, validateAllProperties: true))
        {
            throw new ValidationException(string.Join(" ", errors.Select(e => e.ErrorMessage)));
        }
    }
}
