namespace Scoring.Contests;

/// <summary>The limits by which the steps of contests are decided.</summary>
/// <param name="DueDays">Days from a contest's opening to its due day.</param>
/// <param name="ExtensionDays">Days by which new material moves the due day.</param>
/// <param name="OpenMax">Open contests of one subject.</param>
public sealed record ContestLimits(int DueDays, int ExtensionDays, int OpenMax);
