using System.Security.Cryptography;
using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>
/// The count of one month under way: partition by partition, page by page, each page a short statement with its own snapshot. May be broken
/// off after any page and gone on with; between two it holds counts and salted hashes only.
/// </summary>
internal sealed class MonthCount(IStatisticsStore store, ProgrammeId programme, StatisticsMonth month, long[] positions, int pageRowsMax)
{
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private int _partition = -1;
    private long _after;
    private bool _isOver = true;

    public ProgrammeId Programme => programme;

    public StatisticsMonth Month => month;

    /// <summary>What was counted so far.</summary>
    public MonthTally Tally { get; } = new();

    /// <summary>Counts on; returns how many rows it went over, and whether it has come to the end.</summary>
    public async Task<(long Rows, bool IsDone)> Continue(
        DateOnly outcomesOn, DateOnly beyondDay, long rowsMax, CancellationToken cancellationToken)
    {
        for (var rows = 0L; ;)
        {
            if (_isOver && !await NextPartition(cancellationToken)) return (rows, true);
            if (rows >= rowsMax) return (rows, false);
            var to = Math.Min(positions[_partition], _after + pageRowsMax);
            var run = new MonthRun(programme, month, outcomesOn, beyondDay, _salt, _partition, _after, to);
            var page = await store.Count(run, cancellationToken);
            Tally.Add(page.Cells);
            rows += to - _after;
            _after = to;
            _isOver = page.IsBeyond || to == positions[_partition];
        }
    }

    private async Task<bool> NextPartition(CancellationToken cancellationToken)
    {
        while (_partition + 1 < positions.Length)
        {
            var next = _partition + 1;
            var before = await store.PositionBefore(programme, month, next, positions[next], cancellationToken);
            (_partition, _after, _isOver) = (next, before, before >= positions[next]);
            if (!_isOver) return true;
        }
        return false;
    }
}
