using System.ComponentModel.DataAnnotations;

namespace Scoring.Intake;

/// <summary>Limits of taking events in.</summary>
public sealed class IntakeOptions
{
    /// <summary>Seconds that an event's instant may lie in the future. Default 300.</summary>
    [Range(0, 3600)]
    public int FutureSkewSeconds { get; set; } = 300;

    /// <summary>Seconds after which a source is told to send again when the ledger is past its limits. Default 1.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 1;
}
