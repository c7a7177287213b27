using System.ComponentModel.DataAnnotations;

namespace Scoring.Scores;

/// <summary>Limits of services' queries.</summary>
public sealed class ScoreQueryOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Queries";

    /// <summary>Seconds for which the same grant gets the same answer. Default 300; 1 to 3600.</summary>
    [Range(1, 3600)]
    public int ValiditySeconds { get; set; } = 300;

    /// <summary>Seconds after which a service may try again when its query could not be recorded. Default 1; 1 to 3600.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 1;
}
