using System.Collections.Immutable;

namespace Scoring.Statistics;

/// <summary>One count of a month.</summary>
/// <param name="IsContest">Whether the cell counts contests; otherwise it counts events.</param>
/// <param name="Name">The event type, or for contests a word of <see cref="ContestOutcomes"/>.</param>
/// <param name="Count">The number of entries, at least 1.</param>
/// <param name="Subjects">
/// Up to <see cref="MonthTally.Least"/> of the entries' subjects, each as the first 8 bytes of a salted hash.
/// </param>
public sealed record MonthCell(bool IsContest, string Name, long Count, ImmutableArray<long> Subjects);

/// <summary>The outcomes of contests in the statistics.</summary>
public static class ContestOutcomes
{
    /// <summary>Undecided, and the due day has not passed.</summary>
    public const string Open = "open";

    /// <summary>Rejected by an administrator.</summary>
    public const string Rejected = "rejected";

    /// <summary>Upheld by the platform, because there was no decision by the due day.</summary>
    public const string UndecidedInTime = "undecidedInTime";

    /// <summary>Upheld by an administrator.</summary>
    public const string Upheld = "upheld";
}
