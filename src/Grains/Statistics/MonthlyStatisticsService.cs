using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Statistics;

/// <summary>
/// Makes the documents of months that are over, once no event of theirs can come in any more; after a standstill those missing, oldest
/// first. Any silo does it for all, one at a time; two at once do no harm, because the first document stands.
/// </summary>
internal sealed partial class MonthlyStatisticsService(
    IStatisticsStore store, CurrentCatalogue catalogue, ProgrammeClock clock, IOptions<StatisticsOptions> options, TimeProvider machine,
    ILogger<MonthlyStatisticsService> log) : BackgroundService
{
    private MonthCount? _underWay;

    /// <summary>Looks once; returns how many documents were made.</summary>
    internal async Task<int> BuildMissing(CancellationToken cancellationToken)
    {
        await using var alone = await store.TryLock(cancellationToken);
        if (alone is null) return 0;
        var (made, rows) = (0, 0L);
        foreach (var (known, month) in await Missing(cancellationToken))
        {
            var count = await Begun(known, month, cancellationToken);
            var versions = known.Published.Versions;
            var from = StatisticsCalendar.From(versions, month);
            var (more, isDone) = await count.Continue(
                from, StatisticsCalendar.Beyond(versions, month), options.Value.LookRowsMax - rows, cancellationToken);
            if (!isDone) return made;
            rows += more;
            _underWay = null;
            var today = known.Day(clock.Now);
            // What expired while it was counted would be missing in it, for good.
            if (!StatisticsCalendar.IsKept(versions, month, today)) continue;
            var types = StatisticsCalendar.EventTypes(versions, month);
            var document = MonthDocument.Write(known.Programme.Id, month, types, count.Tally, from, today);
            await store.Keep(known.Programme.Id, month, document, today, cancellationToken);
            made++;
        }
        return made;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LookSeconds), machine);
        do
        {
            try
            {
                var made = await BuildMissing(stoppingToken);
                if (made > 0) LogMade(log, made);
            }
            catch (Exception exception) when (
                exception is LedgerUnavailableException or RuleBookStaleException && !stoppingToken.IsCancellationRequested)
            {
                LogNotLooked(log, exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The months that could be there and are not, oldest first.</summary>
    private async Task<IReadOnlyList<(KnownProgramme Known, StatisticsMonth Month)>> Missing(CancellationToken cancellationToken)
    {
        var missing = new List<(KnownProgramme Known, StatisticsMonth Month)>();
        foreach (var published in catalogue.Current().Programmes.Where(published => !published.Ended))
        {
            if (catalogue.Find(published.Programme.Id) is not { } known) continue;
            var made = await store.ReadMonths(known.Programme.Id, cancellationToken);
            missing.AddRange(StatisticsCalendar.Due(published.Versions, published.Today).Except(made).Select(month => (known, month)));
        }
        return [.. missing.OrderBy(one => one.Month.First)];
    }

    private async Task<MonthCount> Begun(KnownProgramme known, StatisticsMonth month, CancellationToken cancellationToken)
    {
        if (_underWay is { } count && count.Programme == known.Programme.Id && count.Month == month) return count;
        return _underWay = new MonthCount(
            store, known.Programme.Id, month, await store.Positions(cancellationToken), options.Value.PageRowsMax);
    }

    [LoggerMessage(2501, LogLevel.Information, "Statistics of {Count} months were made")]
    private static partial void LogMade(ILogger logger, int count);

    [LoggerMessage(2502, LogLevel.Warning, "Statistics could not be made: {Surprise}; they are tried again")]
    private static partial void LogNotLooked(ILogger logger, string surprise);
}
