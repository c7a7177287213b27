using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>Gives the lock to every caller.</summary>
internal class UnlockedStatisticsStore(IStatisticsStore inner) : IStatisticsStore
{
    public Task<byte[]?> Find(ProgrammeId programme, StatisticsMonth month, CancellationToken cancellationToken) =>
        inner.Find(programme, month, cancellationToken);

    public Task<IReadOnlyCollection<StatisticsMonth>> ReadMonths(ProgrammeId programme, CancellationToken cancellationToken) =>
        inner.ReadMonths(programme, cancellationToken);

    public Task Keep(
        ProgrammeId programme, StatisticsMonth month, byte[] document, DateOnly madeOn, CancellationToken cancellationToken) =>
        inner.Keep(programme, month, document, madeOn, cancellationToken);

    public Task<IAsyncDisposable?> TryLock(CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(new MemoryStream());

    public Task<long[]> Positions(CancellationToken cancellationToken) => inner.Positions(cancellationToken);

    public Task<long> PositionBefore(
        ProgrammeId programme, StatisticsMonth month, int partition, long last, CancellationToken cancellationToken) =>
        inner.PositionBefore(programme, month, partition, last, cancellationToken);

    public virtual Task<MonthPage> Count(MonthRun run, CancellationToken cancellationToken) => inner.Count(run, cancellationToken);
}
