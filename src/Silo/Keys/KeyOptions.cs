using System.ComponentModel.DataAnnotations;

namespace Scoring.Keys;

/// <summary>Where the platform's keys are stored.</summary>
public sealed class KeyOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Keys";

    /// <summary>Path of the key file, which must have mode 0600.</summary>
    [Required]
    public string File { get; set; } = "";
}
