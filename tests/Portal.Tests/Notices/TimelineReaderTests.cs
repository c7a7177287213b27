using Scoring.Client;
using ClientNotice = Scoring.Client.Notice;
using ClientPage = Scoring.Client.NoticesPage;

namespace Scoring.Notices;

/// <summary>Filtering the timeline.</summary>
public sealed class TimelineReaderTests
{
    private int _reads;

    [Fact]
    public async Task Everything_is_one_page_of_the_API()
    {
        var part = await Read(History(60), null, null);
        part.Notices.Count.ShouldBe(TimelineReader.NoticesMax);
        part.Below.ShouldBe("36-1");
        _reads.ShouldBe(1);
    }

    [Fact]
    public async Task A_filtered_part_reads_on_until_it_has_enough_and_no_notice_is_lost_between_two_parts()
    {
        var history = History(600);
        var seen = new List<long>();
        string? below = null;
        do
        {
            _reads = 0;
            var part = await Read(history, NoticeGroup.Looks, below);
            part.Notices.Count.ShouldBeLessThanOrEqualTo(TimelineReader.NoticesMax);
            _reads.ShouldBeLessThanOrEqualTo(TimelineReader.PagesMax);
            seen.AddRange(part.Notices.Select(notice => notice.Turn!.Value));
            below = part.Below;
        }
        while (below is not null);
        seen.ShouldBe(history.Where(notice => notice.Kind == "queried").Select(notice => notice.Turn!.Value));
    }

    [Fact]
    public async Task A_part_without_a_match_stops_after_some_pages_and_says_where_to_go_on()
    {
        var part = await Read(History(2000), NoticeGroup.Contests, null);
        part.Notices.ShouldBeEmpty();
        part.Below.ShouldBe("1501-1");
        _reads.ShouldBe(TimelineReader.PagesMax);
    }

    [Fact]
    public void Below_an_entry_come_the_entries_before_it_and_the_acts_that_it_has_reached() =>
        TimelineReader.Below(TestNotices.Entry("queried", "{}") with { Id = "7-3", Turn = 7 }).ShouldBe("7-4");

    [Fact]
    public void Below_an_act_come_the_acts_before_it_and_the_entries_that_it_has_reached() =>
        TimelineReader.Below(TestNotices.Act("published") with { Id = "7-3", Act = 3 }).ShouldBe("8-3");

    [Theory]
    [InlineData("12-0", true)]
    [InlineData("12", false)]
    [InlineData("-1-2", false)]
    [InlineData("1-2\n", false)]
    [InlineData("99999999999999999999-1", false)]
    [InlineData(null, false)]
    public void A_place_is_two_numbers(string? text, bool isPlace) => TimelineReader.IsPlace(text).ShouldBe(isPlace);

    [Fact]
    public void Every_kind_that_a_participant_can_see_is_in_a_group()
    {
        string[] neverTheirs = ["withdrawn", "padding", "padded", "act", "expired"];
        Words.All<EntryKind>().Where(kind => NoticeGroups.Of(TestNotices.Entry(kind, "{}")) is null)
            .ShouldBe(neverTheirs, ignoreOrder: true);
        NoticeGroups.Of(TestNotices.Act("contest-decided")).ShouldBe(NoticeGroup.Rules);
        foreach (var group in Enum.GetValues<NoticeGroup>()) NoticeGroups.Find(NoticeGroups.WordOf(group)).ShouldBe(group);
        NoticeGroups.Find("0").ShouldBeNull();
    }

    private Task<TimelinePart> Read(IReadOnlyList<ClientNotice> history, NoticeGroup? group, string? below) => TimelineReader.Read(
        (place, count) =>
        {
            _reads++;
            var turn = place is null ? long.MaxValue : long.Parse(place.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);
            var page = history.Where(notice => notice.Turn < turn).Take(count).ToArray();
            return Task.FromResult(new ClientPage(page, page is [.., { Turn: > 1 and var last }] ? $"{last}-1" : null));
        }, group, below);

    // Every seventh entry is a query.
    private static ClientNotice[] History(int count) =>
    [
        .. Enumerable.Range(1, count).Reverse().Select(turn => turn % 7 == 0
            ? TestNotices.Entry("queried", "{}", turn)
            : TestNotices.Entry("event", """{"source":"urn:traffic"}""", turn)),
    ];
}
