using System.ComponentModel.DataAnnotations;

namespace Scoring.Intake;

/// <summary>Limits of taking events in.</summary>
public sealed class IntakeOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Intake";

    /// <summary>Seconds by which an event's instant may be in the future. Default 300; 0 to 3600.</summary>
    [Range(0, 3600)]
    public int FutureSkewSeconds { get; set; } = 300;

    /// <summary>Seconds after which a source may send again when the ledger is past its limits. Default 1; 1 to 3600.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 1;
}
