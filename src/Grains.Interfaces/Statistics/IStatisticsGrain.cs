using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>Serves the monthly counts of a programme's entries to any client. A reentrant stateless worker with key 0.</summary>
[Alias("scoring.IStatisticsGrain"), GrainInterfaceType("statistics")]
public interface IStatisticsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Returns a month's document, or the day on which the platform makes it. Once made, a document has always the same bytes. Returns
    /// <see langword="null"/> when there is no document and will be none: the programme does not exist, had not begun, has ended, or no
    /// longer keeps the month's entries.
    /// </summary>
    /// <param name="programme">The programme.</param>
    /// <param name="month">The month.</param>
    /// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached.</exception>
    [Alias("Read"), AnySilo]
    Task<StatisticsAnswer?> Read(ProgrammeId programme, StatisticsMonth month);
}

/// <summary>A month's document, or the day on which it is made. Exactly one member is set.</summary>
/// <param name="Document">The document in canonical JSON.</param>
/// <param name="From">The first day, in the programme's zone, on which the platform makes it.</param>
[GenerateSerializer, Immutable, Alias("scoring.statistics-answer")]
public sealed record StatisticsAnswer(byte[]? Document, DateOnly? From);
