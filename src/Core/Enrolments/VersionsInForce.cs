using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>What a programme's versions mean to a participant on a day.</summary>
internal static class VersionsInForce
{
    /// <summary>
    /// The version that may be consented to at an instant; <see langword="null"/> before the first day, when suspended or ended.
    /// </summary>
    public static ProgrammeVersion? Offered(this KnownProgramme programme, DateTimeOffset now) =>
        programme.Published is { Suspended: false, Ended: false } published ? published.VersionOn(programme.Day(now)) : null;

    /// <summary>Whether consent up to a version does not cover what is in force on a day.</summary>
    public static bool HasLapsed(this PublishedProgramme programme, int consented, DateOnly day) => programme.Versions.Any(version =>
        version.Widens && version.RuleSet.FirstDay <= day && version.RuleSet.Number > consented);

    /// <summary>The notices of versions to come after a day.</summary>
    public static ImmutableArray<ComingChange> Coming(this PublishedProgramme programme, DateOnly day) =>
    [
        .. programme.Versions.Where(version => version.RuleSet.FirstDay > day).Select(version => new ComingChange(
            version.RuleSet.Number, version.RuleSet.Hash, version.RuleSet.FirstDay, version.RuleSet.Summary, version.Differences,
            version.Widens)),
    ];
}
