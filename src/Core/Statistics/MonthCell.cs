using System.Collections.Immutable;

namespace Scoring.Statistics;

/// <summary>One count.</summary>
/// <param name="IsContest">Whether it counts contests; else it counts events.</param>
/// <param name="Name">Of events their type, of contests a word of <see cref="ContestOutcomes"/>.</param>
/// <param name="Count">How many, at least 1.</param>
/// <param name="Subjects">
/// Up to <see cref="MonthTally.Least"/> of those whose entries they are, by the first 8 bytes of a salted hash.
/// </param>
public sealed record MonthCell(bool IsContest, string Name, long Count, ImmutableArray<long> Subjects);

/// <summary>How contests stand in the statistics.</summary>
public static class ContestOutcomes
{
    /// <summary>Undecided, and the due day is not over.</summary>
    public const string Open = "open";

    /// <summary>Rejected by an administrator.</summary>
    public const string Rejected = "rejected";

    /// <summary>Upheld by the platform, because nobody had decided by the due day.</summary>
    public const string UndecidedInTime = "undecidedInTime";

    /// <summary>Upheld by an administrator.</summary>
    public const string Upheld = "upheld";
}
