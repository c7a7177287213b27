using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>Counts of a programme's entries by month, for everyone to read. A reentrant stateless worker with key 0.</summary>
[Alias("scoring.IStatisticsGrain"), GrainInterfaceType("statistics")]
public interface IStatisticsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// A month's document, once made always the same bytes, or the day from which it will be there; <see langword="null"/> when there is
    /// and will be none: no such programme, before it began, past what is kept.
    /// </summary>
    /// <exception cref="Ledger.LedgerUnavailableException">The ledger is out of reach.</exception>
    [Alias("Read")]
    Task<StatisticsAnswer?> Read(ProgrammeId programme, StatisticsMonth month);
}

/// <summary>A month's document, or when it can be made. Exactly one is there.</summary>
/// <param name="Document">The document in canonical JSON.</param>
/// <param name="From">The first day, in the programme's zone, on which it is made.</param>
[GenerateSerializer, Immutable, Alias("scoring.statistics-answer")]
public sealed record StatisticsAnswer(byte[]? Document, DateOnly? From);
