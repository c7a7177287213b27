using Scoring.Ledger;

namespace Scoring.Scores;

public sealed class DecoyReaderTests
{
    private readonly MemoryLedger _ledger = new(1);
    private readonly DecoyReader _reader;

    public DecoyReaderTests() => _reader = new DecoyReader(_ledger, TimeProvider.System);

    [Fact]
    public async Task One_query_after_the_other_costs_a_read_each()
    {
        for (var i = 0; i < 5; i++) await _reader.Read();
        _ledger.TotalReads.ShouldBe(5);
    }

    [Fact]
    public async Task Queries_share_the_read_that_begins_after_them_and_none_that_began_before()
    {
        var reads = new[] { new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource() };
        var began = new[] { new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource() };
        var count = -1;
        _ledger.BeforeRead = _ =>
        {
            var number = Interlocked.Increment(ref count);
            began[number].SetResult();
            return reads[number].Task;
        };
        var first = _reader.Read();
        await began[0].Task;
        var meanwhile = Enumerable.Range(0, 100).Select(_ => _reader.Read()).ToArray();
        reads[0].SetResult();
        await first;
        meanwhile.ShouldAllBe(query => !query.IsCompleted);
        await began[1].Task;
        var later = _reader.Read();
        reads[1].SetResult();
        await Task.WhenAll(meanwhile);
        later.IsCompleted.ShouldBeFalse();
        await began[2].Task;
        reads[2].SetResult();
        await later;
        _ledger.TotalReads.ShouldBe(3);
    }

    [Fact]
    public async Task A_read_that_fails_fails_those_that_share_it_and_the_next_one_is_made()
    {
        var isDown = true;
        var release = new TaskCompletionSource();
        _ledger.BeforeRead = async _ =>
        {
            await release.Task;
            if (isDown) throw new LedgerUnavailableException();
        };
        var queries = Enumerable.Range(0, 10).Select(_ => _reader.Read()).ToArray();
        release.SetResult();
        foreach (var query in queries) await Should.ThrowAsync<LedgerUnavailableException>(query);
        isDown = false;
        await _reader.Read();
    }

    [Fact]
    public async Task Many_queries_at_once_are_all_served_by_fewer_reads()
    {
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(_reader.Read)));
        _ledger.TotalReads.ShouldBeInRange(1, 1000);
        var before = _ledger.TotalReads;
        await _reader.Read();
        _ledger.TotalReads.ShouldBe(before + 1);
    }
}
