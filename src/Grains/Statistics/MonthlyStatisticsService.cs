using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Background;
using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>
/// Makes the documents of past months, as soon as no event of a month can be accepted any more. After an outage it makes the missing ones,
/// oldest first. One silo at a time does this for all. Two silos at the same time do no harm, because the first document remains.
/// </summary>
internal sealed partial class MonthlyStatisticsService(
    MonthlyStatisticsDependencies dependencies, BackgroundStepRunner steps, ILogger<MonthlyStatisticsService> log) : BackgroundService
{
    private readonly StatisticsOptions _options = dependencies.Options.Value;
    private MonthCount? _count;

    /// <summary>
    /// Makes missing documents, up to the greatest number of rows of one call. Returns the number of documents that were made.
    /// </summary>
    internal async Task<int> BuildMissing(CancellationToken cancellationToken)
    {
        await using var exclusive = await dependencies.Store.TryLock(cancellationToken);
        if (exclusive is null) return 0;
        var made = 0;
        var rows = 0L;
        foreach (var (known, month) in await Missing(cancellationToken))
        {
            var count = await CountOf(known, month, cancellationToken);
            var versions = known.Published.Versions;
            var from = StatisticsCalendar.From(versions, month);
            var (more, isDone) = await count.Continue(
                from, StatisticsCalendar.Beyond(versions, month), _options.LookRowsMax - rows, cancellationToken);
            if (!isDone) return made;
            rows += more;
            _count = null;
            var today = known.Day(dependencies.Clock.Now);
            // Entries that expired during the count are not in it, so such a document would be wrong permanently.
            if (!StatisticsCalendar.IsKept(versions, month, today)) continue;
            var types = StatisticsCalendar.EventTypes(versions, month);
            var document = MonthDocument.Write(known.Programme.Id, month, types, count.Tally, from, today);
            await dependencies.Store.Keep(known.Programme.Id, month, document, today, cancellationToken);
            made++;
        }
        return made;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => steps.Repeat(
        new BackgroundSchedule(
            TimeSpan.FromSeconds(_options.LookSeconds), new BackgroundStep("statistics", Build) { NeedsTrustedClock = true }),
        stoppingToken);

    private async Task Build(CancellationToken cancellationToken)
    {
        var made = await BuildMissing(cancellationToken);
        if (made > 0) LogMade(log, made);
    }

    /// <summary>Lists the months that are due and have no document, oldest first.</summary>
    private async Task<IReadOnlyList<(KnownProgramme Known, StatisticsMonth Month)>> Missing(CancellationToken cancellationToken)
    {
        var missing = new List<(KnownProgramme Known, StatisticsMonth Month)>();
        foreach (var published in dependencies.Catalogue.Current().Programmes.Where(published => !published.Ended))
        {
            if (dependencies.Catalogue.Find(published.Programme.Id) is not { } known) continue;
            var made = await dependencies.Store.ReadMonths(known.Programme.Id, cancellationToken);
            missing.AddRange(StatisticsCalendar.Due(published.Versions, published.Today).Except(made).Select(month => (known, month)));
        }
        return [.. missing.OrderBy(due => due.Month.First)];
    }

    /// <summary>Returns the paused count of the month, or starts a new one.</summary>
    private async Task<MonthCount> CountOf(KnownProgramme known, StatisticsMonth month, CancellationToken cancellationToken)
    {
        if (_count is { } count && count.Programme == known.Programme.Id && count.Month == month) return count;
        var positions = await dependencies.Store.Positions(cancellationToken);
        return _count = new MonthCount(dependencies.Store, known.Programme.Id, month, positions, _options.PageRowsMax);
    }

    [LoggerMessage(2501, LogLevel.Debug, "Statistics of {Count} months were made")]
    private static partial void LogMade(ILogger logger, int count);
}

/// <summary>The services of <see cref="MonthlyStatisticsService"/>.</summary>
internal sealed record MonthlyStatisticsDependencies(
    IStatisticsStore Store, CurrentCatalogue Catalogue, ProgrammeClock Clock, IOptions<StatisticsOptions> Options);
