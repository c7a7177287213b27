using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>Answers which of a programme's versions apply to a participant's consent.</summary>
internal static class VersionsInForce
{
    /// <summary>
    /// The version that a participant can consent to at an instant; <see langword="null"/> before the first version's first day and while
    /// the programme is suspended or ended.
    /// </summary>
    public static ProgrammeVersion? Offered(this KnownProgramme programme, DateTimeOffset now) =>
        programme.Published is { Suspended: false, Ended: false } published ? published.VersionOn(programme.Day(now)) : null;

    /// <summary>Whether a consent has lapsed on a day: a later version that widens the processing is in force.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="consented">The number of the last version that the participant consented to.</param>
    /// <param name="day">The day in the programme's zone.</param>
    public static bool HasLapsed(this PublishedProgramme programme, int consented, DateOnly day) => programme.Versions.Any(version =>
        version.Widens && version.RuleSet.FirstDay <= day && version.RuleSet.Number > consented);

    /// <summary>The published versions whose first day is after a day, in ascending numbers.</summary>
    public static ImmutableArray<ComingChange> Coming(this PublishedProgramme programme, DateOnly day) =>
    [
        .. programme.Versions.Where(version => version.RuleSet.FirstDay > day).Select(version => new ComingChange(
            version.RuleSet.Number, version.RuleSet.Hash, version.RuleSet.FirstDay, version.RuleSet.Summary, version.Differences,
            version.Widens)),
    ];
}
