using Scoring.Client;

namespace Scoring.Audit;

public sealed class HistoryReaderTests
{
    private const int Length = 4000;

    private readonly List<(long? After, int Count)> _reads = [];

    [Fact]
    public async Task A_part_without_a_filter_is_one_page()
    {
        var part = await HistoryReader.Read(Read, null, 100);
        _reads.ShouldBe([(100, HistoryReader.EntriesMax)]);
        part.Entries.Select(entry => entry.Turn).ShouldBe(Enumerable.Range(101, HistoryReader.EntriesMax).Select(turn => (long)turn));
        part.After.ShouldBe(100 + HistoryReader.EntriesMax);
    }

    [Fact]
    public async Task A_filtered_part_ends_at_its_last_entry_and_the_next_one_goes_on_there()
    {
        var first = await HistoryReader.Read(Read, IsEven, null);
        var next = await HistoryReader.Read(Read, IsEven, first.After);
        first.Entries.Concat(next.Entries).Select(entry => entry.Turn)
            .ShouldBe(Enumerable.Range(1, 2 * HistoryReader.EntriesMax).Select(n => 2L * n));
        first.First.LastTurn.ShouldBe(Length);
    }

    [Fact]
    public async Task A_filtered_part_stops_after_some_pages()
    {
        var part = await HistoryReader.Read(Read, entry => entry.Turn == Length, null);
        _reads.Count.ShouldBe(HistoryReader.PagesMax);
        part.Entries.ShouldBeEmpty();
        part.After.ShouldBe(HistoryReader.PagesMax * HistoryReader.PageEntries);
        var rest = await HistoryReader.Read(Read, entry => entry.Turn == Length, part.After);
        (rest.Entries.Single().Turn, rest.After).ShouldBe((Length, null));
    }

    private static bool IsEven(AuditedHistoryEntry entry) => entry.Turn % 2 == 0;

    private Task<AuditedHistoryPage> Read(long? after, int count)
    {
        _reads.Add((after, count));
        var from = after ?? 0;
        var last = Math.Min(from + count, Length);
        var day = new DateOnly(2026, 11, 30);
        var entries = new List<AuditedHistoryEntry>();
        for (var turn = from + 1; turn <= last; turn++) entries.Add(new AuditedHistoryEntry(turn, Client.EntryKind.Event, day, "", null));
        var audit = new Client.AuditCase("case", "safe-driver", Client.AuditPurpose.Accuracy, day, day);
        return Task.FromResult(new AuditedHistoryPage(audit, day, Length, entries, last < Length ? last : null));
    }
}
