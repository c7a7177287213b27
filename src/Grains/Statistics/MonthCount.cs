using System.Security.Cryptography;
using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>
/// A running count of one month: partition by partition and page by page. Each page is a short statement with its own snapshot. The count
/// can pause after any page and continue later. Between two pages it holds only counts and salted hashes.
/// </summary>
internal sealed class MonthCount(IStatisticsStore store, ProgrammeId programme, StatisticsMonth month, long[] positions, int pageRowsMax)
{
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private int _partition = -1;
    private long _after;
    private bool _isPartitionDone = true;

    public ProgrammeId Programme => programme;

    public StatisticsMonth Month => month;

    /// <summary>The counts so far.</summary>
    public MonthTally Tally { get; } = new();

    /// <summary>Continues the count. Returns the number of rows that it read, and whether the count is complete.</summary>
    public async Task<(long Rows, bool IsDone)> Continue(
        DateOnly outcomesOn, DateOnly beyondDay, long rowsMax, CancellationToken cancellationToken)
    {
        for (var rows = 0L; ;)
        {
            if (_isPartitionDone && !await NextPartition(cancellationToken)) return (rows, true);
            if (rows >= rowsMax) return (rows, false);
            var to = Math.Min(positions[_partition], _after + pageRowsMax);
            var run = new MonthRun(programme, month, outcomesOn, beyondDay, _salt, _partition, _after, to);
            var page = await store.Count(run, cancellationToken);
            Tally.Add(page.Cells);
            rows += to - _after;
            _after = to;
            _isPartitionDone = page.IsBeyond || to == positions[_partition];
        }
    }

    private async Task<bool> NextPartition(CancellationToken cancellationToken)
    {
        while (_partition + 1 < positions.Length)
        {
            var next = _partition + 1;
            var before = await store.PositionBefore(programme, month, next, positions[next], cancellationToken);
            _partition = next;
            _after = before;
            _isPartitionDone = before >= positions[next];
            if (!_isPartitionDone) return true;
        }
        return false;
    }
}
