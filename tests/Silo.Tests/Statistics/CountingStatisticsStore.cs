namespace Scoring.Statistics;

/// <summary>Counts the rows that each run reads.</summary>
internal sealed class CountingStatisticsStore(IStatisticsStore inner) : UnlockedStatisticsStore(inner)
{
    public Dictionary<StatisticsMonth, long> Rows { get; } = [];

    public long RowsOfOneMax { get; private set; }

    public override Task<MonthPage> Count(MonthRun run, CancellationToken cancellationToken)
    {
        Rows[run.Month] = Rows.GetValueOrDefault(run.Month) + run.To - run.After;
        RowsOfOneMax = Math.Max(RowsOfOneMax, run.To - run.After);
        return base.Count(run, cancellationToken);
    }
}
