using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>
/// Counts entries in the background and keeps what came of it, once and for good. Nothing that names a subject leaves it.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger is out of reach (from every member).</exception>
public interface IStatisticsStore
{
    /// <summary>A month's document; <see langword="null"/> while there is none.</summary>
    Task<byte[]?> Find(ProgrammeId programme, StatisticsMonth month, CancellationToken cancel);

    /// <summary>The months of which there is a document.</summary>
    Task<IReadOnlyCollection<StatisticsMonth>> Made(ProgrammeId programme, CancellationToken cancel);

    /// <summary>Keeps a month's document. The first one stands: a later one changes nothing.</summary>
    Task Keep(ProgrammeId programme, StatisticsMonth month, byte[] document, DateOnly madeOn, CancellationToken cancel);

    /// <summary>What only one silo has at a time, until it is disposed of; <see langword="null"/> when another one has it.</summary>
    Task<IAsyncDisposable?> Alone(CancellationToken cancel);

    /// <summary>The last committed positions of all partitions, by partition.</summary>
    Task<long[]> Positions(CancellationToken cancel);

    /// <summary>
    /// A position up to which, inclusive, no entry of the month is left in a partition; as late a one as can be had at little cost, 0 at
    /// worst.
    /// </summary>
    Task<long> Before(ProgrammeId programme, StatisticsMonth month, int partition, long last, CancellationToken cancel);

    /// <summary>
    /// Counts a run of one partition's positions: the events and the contests opened in the month, of whoever is enrolled in the programme
    /// at this moment.
    /// </summary>
    Task<MonthPage> Count(MonthRun run, CancellationToken cancel);
}

/// <summary>A run of positions to count.</summary>
/// <param name="Programme">Whose subjects.</param>
/// <param name="Month">Entries of its days count.</param>
/// <param name="OutcomesOn">How a contest stands at the beginning of this day is its outcome.</param>
/// <param name="BeyondDay">Once an entry has a day past this one, nothing behind it belongs to the month.</param>
/// <param name="Salt">Random bytes of this count, under which subjects are told apart and by nothing else.</param>
/// <param name="Partition">The partition.</param>
/// <param name="After">The position before the first.</param>
/// <param name="To">The last position, inclusive.</param>
public sealed record MonthRun(
    ProgrammeId Programme, StatisticsMonth Month, DateOnly OutcomesOn, DateOnly BeyondDay, byte[] Salt, int Partition, long After, long To);

/// <summary>What a run holds.</summary>
/// <param name="Cells">Its counts, each cell once.</param>
/// <param name="IsBeyond">Whether it reaches past everything that belongs to the month.</param>
public sealed record MonthPage(ImmutableArray<MonthCell> Cells, bool IsBeyond);

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
