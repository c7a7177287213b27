using System.Collections.Immutable;
using Scoring.Audit;
using Scoring.Enrolments;
using Scoring.Hosting;

namespace Scoring.Scores;

/// <summary>
/// Shows participants how their own scores went, day by day. A reentrant stateless worker with key 0; it keeps no state. It is a separate
/// interface so that, during a rolling upgrade, silos that do not have it yet get no call of it.
/// </summary>
[Alias("scoring.IScoreDaysGrain"), GrainInterfaceType("score-days")]
public interface IScoreDaysGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Returns the score after each of the last days up to the programme's current day, in ascending days; <see langword="null"/> when
    /// there is no such subject. It begins at the enrolment, or later when earlier entries have expired that counted then. An entry counts
    /// on its own day, also when it arrived later; contests and corrections count as they stand now.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="count">The greatest number of days, 1 to <see cref="ScoreDays.CountMax"/>.</param>
    /// <exception cref="HistoryTooLongException">The subject has more entries than one call folds.</exception>
    /// <exception cref="RuleBookStaleException">The silo's rule book is older than its limit.</exception>
    /// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached.</exception>
    [Alias("Read"), AnySilo]
    Task<ScoreDays?> Read(OwnSubject own, int count);
}

/// <summary>A score day by day.</summary>
/// <param name="Days">The days, ascending and without gaps.</param>
[GenerateSerializer, Immutable, Alias("scoring.score-days")]
public sealed record ScoreDays(ImmutableArray<DayScore> Days)
{
    /// <summary>The greatest number of days of one call.</summary>
    public const int CountMax = 400;
}
