using Orleans.Concurrency;
using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>See <see cref="IStatisticsGrain"/>.</summary>
[GrainType("statistics"), Reentrant, StatelessWorker]
internal sealed class StatisticsGrain(IStatisticsStore store, CurrentCatalogue catalogue, ProgrammeClock clock) : Grain, IStatisticsGrain
{
    public async Task<StatisticsAnswer?> Read(ProgrammeId programme, StatisticsMonth month)
    {
        if (catalogue.Find(programme) is not { } known || !StatisticsCalendar.HasBegun(known.Published.Versions, month)) return null;
        if (await store.Find(programme, month, CancellationToken.None) is { } document) return new StatisticsAnswer(document, null);
        if (known.Published.Ended || !StatisticsCalendar.IsKept(known.Published.Versions, month, known.Day(clock.Now))) return null;
        return new StatisticsAnswer(null, StatisticsCalendar.From(known.Published.Versions, month));
    }
}
