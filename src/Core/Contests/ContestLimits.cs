namespace Scoring.Contests;

/// <summary>The limits of contests.</summary>
/// <param name="DueDays">The days from the opening of a contest to its due day.</param>
/// <param name="ExtensionDays">The days by which a further ground moves the due day.</param>
/// <param name="OpenMax">The greatest number of open contests of one subject.</param>
public sealed record ContestLimits(int DueDays, int ExtensionDays, int OpenMax);
