using System.Collections.Immutable;
using CsCheck;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Notices;

public sealed class TimelineTests
{
    private static readonly DateOnly Start = new(2026, 1, 1);

    /// <summary>Days ascend, except for late entries. Numbers of actions have gaps, because other programmes have actions too.</summary>
    private static readonly Gen<(ImmutableArray<Entry> Entries, ImmutableArray<DatedAdminAction> Acts)> History = Gen.Select(
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 20]).Array[0, 80], Gen.Select(Gen.Int[0, 9], Gen.Int[1, 3]).Array[0, 30],
        (entries, acts) => (Entries(entries), Acts(acts)));

    [Fact]
    public void Pages_of_any_length_hold_everything_once_in_descending_numbers() => Gen.Select(History, Gen.Int[1, 12]).Sample(
        (history, count) =>
        {
            var items = Pages(history.Entries, history.Acts, count);
            items.Where(item => item.Entry is not null).Select(item => item.Entry).ShouldBe(history.Entries.Reverse());
            items.Where(item => item.Act is not null).Select(item => item.Act).ShouldBe(history.Acts.Reverse());
        },
        iter: 2000);

    [Fact]
    public void After_any_place_of_a_page_come_exactly_the_items_above_it() => Gen.Select(History, Gen.Int[1, 12]).Sample(
        (history, count) =>
        {
            var items = Pages(history.Entries, history.Acts, count);
            for (var i = 0; i < items.Count; i++) ShouldCome(history, items[i].Place, [.. items.Take(i)]);
        },
        iter: 1000);

    [Fact]
    public void After_any_place_of_a_run_come_exactly_the_items_after_it() => Gen.Select(History, Gen.Int[1, 12]).Sample(
        (history, count) =>
        {
            var items = Runs(history.Entries, history.Acts, count);
            items.Count.ShouldBe(history.Entries.Length + history.Acts.Length);
            for (var i = 0; i < items.Count; i++) ShouldCome(history, items[i].Place, [.. items.Skip(i + 1)]);
        },
        iter: 1000);

    [Fact]
    public void Pages_and_runs_have_one_order_and_places_do_not_depend_on_where_pages_end() =>
        Gen.Select(History, Gen.Int[1, 12], Gen.Int[1, 12])
        .Sample(
            (history, one, other) =>
            {
                var pages = Pages(history.Entries, history.Acts, one);
                Pages(history.Entries, history.Acts, other).ShouldBe(pages);
                if (LongestLateRun(history.Entries) < Timeline.LookBack)
                    Runs(history.Entries, history.Acts, other).ShouldBe(pages.AsEnumerable().Reverse());
            },
            iter: 1000);

    [Fact]
    public void An_action_comes_after_the_entries_of_its_day_and_a_late_event_where_it_arrived()
    {
        ImmutableArray<Entry> entries = [Entry(1, 0), Entry(2, 5), Entry(3, 1), Entry(4, 6)];
        ImmutableArray<DatedAdminAction> acts = [Act(1, 0), Act(2, 5), Act(3, 7)];
        Pages(entries, acts, 2).Select(item => item.Place.ToString()).ShouldBe(["4-3", "4-2", "3-2", "3-1", "2-1", "1-1", "1-0"]);
    }

    [Fact]
    public void Pages_lose_and_repeat_nothing_while_new_ones_arrive() => Gen.Select(History, History, Gen.Int[1, 12]).Sample(
        (before, news, count) =>
        {
            var (entries, acts) = before;
            var items = new List<TimelineItem>();
            NoticePlace? below = null;
            var arriving = new Queue<Entry>(news.Entries);
            var acting = new Queue<DatedAdminAction>(news.Acts);
            do
            {
                (var page, below) = Page(entries, acts, below, count);
                items.AddRange(page);
                if (arriving.TryDequeue(out var late)) entries = entries.Add(late with { Turn = entries.Length + 1 });
                if (acting.TryDequeue(out var act))
                    acts = acts.Add(act with { Act = act.Act with { Number = acts.Select(a => a.Act.Number).LastOrDefault() + 1 } });
            }
            while (below is not null);
            items.Where(item => item.Entry is not null).Select(item => item.Entry).ShouldBe(before.Entries.Reverse());
            items.Where(item => item.Act is not null).Select(item => item.Act).ShouldBe(before.Acts.Reverse());
        },
        iter: 1000);

    [Theory]
    [InlineData("0-0", true)]
    [InlineData("12-5", true)]
    [InlineData("9223372036854775807-9223372036854775807", true)]
    [InlineData("9223372036854775808-0", false)]
    [InlineData("1", false)]
    [InlineData("1-", false)]
    [InlineData("-1", false)]
    [InlineData("1-2-3", false)]
    [InlineData("01-2", false)]
    [InlineData(" 1-2", false)]
    [InlineData("1-2\n", false)]
    [InlineData("+1-2", false)]
    [InlineData("١-2", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_place_is_read_exactly_as_it_is_written(string? text, bool reads)
    {
        NoticePlace.TryParse(text, out var place).ShouldBe(reads);
        if (reads) place.ToString().ShouldBe(text);
        else place.ShouldBe(default);
    }

    private static void ShouldCome(
        (ImmutableArray<Entry> Entries, ImmutableArray<DatedAdminAction> Acts) history, NoticePlace place,
        ImmutableArray<TimelineItem> after)
    {
        history.Entries.Where(entry => entry.Turn > place.Turn).SequenceEqual(
            after.Select(item => item.Entry).OfType<Entry>().OrderBy(entry => entry.Turn)).ShouldBeTrue($"entries after {place}");
        history.Acts.Where(act => act.Act.Number > place.Act).SequenceEqual(
            after.Select(item => item.Act).OfType<DatedAdminAction>().OrderBy(act => act.Act.Number))
            .ShouldBeTrue($"actions after {place}");
    }

    private static List<TimelineItem> Pages(ImmutableArray<Entry> entries, ImmutableArray<DatedAdminAction> acts, int count)
    {
        var items = new List<TimelineItem>();
        NoticePlace? below = null;
        do
        {
            (var page, below) = Page(entries, acts, below, count);
            page.Count.ShouldBeLessThanOrEqualTo(count);
            items.AddRange(page);
        }
        while (below is not null);
        return items;
    }

    /// <summary>Reads a page as <c>NoticePageReader</c> of the grains does.</summary>
    private static (IReadOnlyList<TimelineItem> Items, NoticePlace? Below) Page(
        ImmutableArray<Entry> entries, ImmutableArray<DatedAdminAction> acts, NoticePlace? below, int count) => Timeline.Backwards(
        [.. entries.Where(entry => entry.Turn < (below?.Turn ?? long.MaxValue)).Reverse().Take(count + Timeline.LookBack)],
        [.. acts.Where(act => act.Act.Number < (below?.Act ?? long.MaxValue)).Reverse().Take(count + 1)],
        count);

    private static List<TimelineItem> Runs(ImmutableArray<Entry> entries, ImmutableArray<DatedAdminAction> acts, int count)
    {
        var items = new List<TimelineItem>();
        for (var place = NoticePlace.Start; ;)
        {
            var run = Timeline.Forwards(
                place, [.. entries.Where(entry => entry.Turn > place.Turn).Take(count)],
                [.. acts.Where(act => act.Act.Number > place.Act).Take(count)], count).ToArray();
            if (run.Length == 0) return items;
            items.AddRange(run);
            place = run[^1].Place;
        }
    }

    private static int LongestLateRun(ImmutableArray<Entry> entries)
    {
        var longest = 0;
        var run = 0;
        var latest = DateOnly.MinValue;
        foreach (var entry in entries)
        {
            run = entry.Day < latest ? run + 1 : 0;
            latest = entry.Day > latest ? entry.Day : latest;
            longest = Math.Max(longest, run);
        }
        return longest;
    }

    private static ImmutableArray<Entry> Entries((int Step, int Late)[] steps)
    {
        var day = 0;
        return [.. steps.Select((step, index) => Entry(index + 1, (day += step.Step) - (step.Late > 10 ? step.Late : 0)))];
    }

    private static ImmutableArray<DatedAdminAction> Acts((int Step, int Number)[] steps)
    {
        var day = 0;
        var number = 0;
        return [.. steps.Select(step => Act(number += step.Number, day += step.Step))];
    }

    private static Entry Entry(long turn, int day) => new(0, turn, new SubjectId(7), turn, EntryKind.Event, Start.AddDays(day), []);

    private static DatedAdminAction Act(long number, int day) => new(
        new RecordedAdminAction(number, number, "published", null, "a", default, null, [], null), [], Start.AddDays(day));
}
