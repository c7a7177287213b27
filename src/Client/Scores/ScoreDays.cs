namespace Scoring.Client;

/// <summary>A score day by day.</summary>
/// <param name="Days">The days, ascending and without gaps.</param>
public sealed record ScoreDays(IReadOnlyList<DayScore> Days);

/// <summary>The score after a day.</summary>
/// <param name="Day">The day, in the programme's zone.</param>
/// <param name="Score">The score in points.</param>
/// <param name="Tier">Its tier.</param>
public sealed record DayScore(DateOnly Day, long Score, string Tier);
