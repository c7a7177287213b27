using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>
/// Counts entries in the background, and stores each month's document permanently. It returns nothing that names a subject.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
public interface IStatisticsStore
{
    /// <summary>Returns a month's document; <see langword="null"/> when there is none yet.</summary>
    Task<byte[]?> Find(ProgrammeId programme, StatisticsMonth month, CancellationToken cancellationToken);

    /// <summary>Lists the months that have a document.</summary>
    Task<IReadOnlyCollection<StatisticsMonth>> ReadMonths(ProgrammeId programme, CancellationToken cancellationToken);

    /// <summary>Stores a month's document. The first document remains: a later one changes nothing.</summary>
    Task Keep(ProgrammeId programme, StatisticsMonth month, byte[] document, DateOnly madeOn, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a lock that only one silo holds at a time, until it is disposed of; <see langword="null"/> when another silo holds it.
    /// </summary>
    Task<IAsyncDisposable?> TryLock(CancellationToken cancellationToken);

    /// <summary>Returns the last committed positions of all partitions, by partition.</summary>
    Task<long[]> Positions(CancellationToken cancellationToken);

    /// <summary>
    /// Returns a position at or before which a partition holds no entry of the month. It is as late as a cheap search finds, or 0.
    /// </summary>
    Task<long> PositionBefore(ProgrammeId programme, StatisticsMonth month, int partition, long last, CancellationToken cancellationToken);

    /// <summary>
    /// Counts the events and the opened contests of a month in a range of one partition's positions, of the subjects that are enrolled in
    /// the programme now.
    /// </summary>
    Task<MonthPage> Count(MonthRun run, CancellationToken cancellationToken);
}

/// <summary>A range of positions to count.</summary>
/// <param name="Programme">The programme whose subjects count.</param>
/// <param name="Month">The month whose entries count.</param>
/// <param name="OutcomesOn">A contest's outcome is its state at the beginning of this day.</param>
/// <param name="BeyondDay">After an entry with a later day than this one, no entry belongs to the month.</param>
/// <param name="Salt">The random bytes of this count. Only hashes with this salt tell subjects apart.</param>
/// <param name="Partition">The partition.</param>
/// <param name="After">The position before the first, exclusive.</param>
/// <param name="To">The last position, inclusive.</param>
public sealed record MonthRun(
    ProgrammeId Programme, StatisticsMonth Month, DateOnly OutcomesOn, DateOnly BeyondDay, byte[] Salt, int Partition, long After, long To);

/// <summary>The counts of a range of positions.</summary>
/// <param name="Cells">The counts, each cell once.</param>
/// <param name="IsBeyond">Whether the range reaches past every entry that belongs to the month.</param>
public sealed record MonthPage(ImmutableArray<MonthCell> Cells, bool IsBeyond);
