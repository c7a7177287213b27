using System.ComponentModel.DataAnnotations;

namespace Scoring.Scores;

/// <summary>Limits of services' questions.</summary>
public sealed class ScoreQueryOptions
{
    /// <summary>Seconds for which the same grant gets the same answer. Default 300.</summary>
    [Range(1, 3600)]
    public int ValiditySeconds { get; set; } = 300;

    /// <summary>Seconds after which a service is told to ask again when its look cannot be written. Default 1.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 1;
}
