using System.ComponentModel.DataAnnotations;

namespace Scoring.Health;

/// <summary>
/// How a process answers about its health, in the configuration section <c>Health</c>, and from when on a check is not satisfied.
/// </summary>
public sealed class HealthOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Health";

    /// <summary>
    /// The address of the health listener, for example <c>http://127.0.0.1:5085</c>, or <c>http://0.0.0.0:5085</c> for a supervisor on
    /// another machine. Keep it inside the closed network. Empty by default: the process opens no port for it.
    /// </summary>
    [MaxLength(200), RegularExpression("http://[^/]+", ErrorMessage = "Health:Url must be http://, a host and a port.")]
    public string Url { get; set; } = "";

    /// <summary>Longest wait for the database's answer, in milliseconds. Default 2000; 10 to 60000, both included.</summary>
    [Range(10, 60_000)]
    public int DatabaseMs { get; set; } = 2000;

    /// <summary>
    /// Longest run of one check, in milliseconds. A check that takes longer has failed. Default 5000; 10 to 60000, both included.
    /// </summary>
    [Range(10, 60_000)]
    public int CheckMs { get; set; } = 5000;

    /// <summary>
    /// For how many milliseconds a result is given again, so that frequent questions cost the database nothing. Default 1000; 0 to 60000,
    /// both included.
    /// </summary>
    [Range(0, 60_000)]
    public int KeepMs { get; set; } = 1000;

    /// <summary>
    /// For how many seconds a gateway or a portal that was told to stop still answers requests while it says that it is not ready. Longer
    /// than the load balancer needs to notice. In Development and in Standalone it is 0. Default 5; 0 to 300, both included.
    /// </summary>
    [Range(0, 300)]
    public double DrainSeconds { get; set; } = 5;

    /// <summary>
    /// Share of a disk that should be free, in percent. Below it the check is degraded. Default 10; 0 to 90, both included.
    /// </summary>
    [Range(0, 90)]
    public int DiskFreePercentMin { get; set; } = 10;

    /// <summary>Free space that a disk needs, in MiB. Below it the check is unhealthy. Default 256; 1 to 1048576, both included.</summary>
    [Range(1, 1_048_576)]
    public int DiskFreeMiBMin { get; set; } = 256;

    /// <summary>
    /// For how many days a certificate must still be valid. With fewer the check is degraded. Default 14; 1 to 365, both included.
    /// </summary>
    [Range(1, 365)]
    public int CertificateDaysMin { get; set; } = 14;

    /// <summary>
    /// For how many minutes an erasure may be open. Past them the check is unhealthy. Default 15; 1 to 1440, both included.
    /// </summary>
    [Range(1, 1440)]
    public int ErasureMinutesMax { get; set; } = 15;
}
