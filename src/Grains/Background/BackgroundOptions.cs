using System.ComponentModel.DataAnnotations;

namespace Scoring.Background;

/// <summary>How steps of background services are tried again.</summary>
public sealed class BackgroundOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Background";

    /// <summary>
    /// Seconds after which a step that failed is tried again. Each further failure doubles them, up to the interval of the step. Default 1;
    /// 1 to 60, both included.
    /// </summary>
    [Range(1, 60)]
    public int RetrySecondsMin { get; set; } = 1;
}
