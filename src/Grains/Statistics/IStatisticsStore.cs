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
    Task<byte[]?> Find(ProgrammeId programme, StatisticsMonth month, CancellationToken cancellationToken);

    /// <summary>The months of which there is a document.</summary>
    Task<IReadOnlyCollection<StatisticsMonth>> ReadMonths(ProgrammeId programme, CancellationToken cancellationToken);

    /// <summary>Keeps a month's document. The first one stands: a later one changes nothing.</summary>
    Task Keep(ProgrammeId programme, StatisticsMonth month, byte[] document, DateOnly madeOn, CancellationToken cancellationToken);

    /// <summary>What only one silo has at a time, until it is disposed of; <see langword="null"/> when another one has it.</summary>
    Task<IAsyncDisposable?> TryLock(CancellationToken cancellationToken);

    /// <summary>The last committed positions of all partitions, by partition.</summary>
    Task<long[]> Positions(CancellationToken cancellationToken);

    /// <summary>
    /// A position up to which, inclusive, no entry of the month is left in a partition; as late a one as can be had at little cost, 0 at
    /// worst.
    /// </summary>
    Task<long> PositionBefore(ProgrammeId programme, StatisticsMonth month, int partition, long last, CancellationToken cancellationToken);

    /// <summary>
    /// Counts a run of one partition's positions: the events and the contests opened in the month, of whoever is enrolled in the programme
    /// at this moment.
    /// </summary>
    Task<MonthPage> Count(MonthRun run, CancellationToken cancellationToken);
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
