using System.Text;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Testing;

namespace Scoring.Notices;

public sealed class NoticePageTests
{
    [Fact]
    public async Task A_page_describes_entries_and_acts_in_words_with_their_stored_bodies()
    {
        await using var city = await NoticeCity.Start();
        var token = (await city.Enrolments.Grant(NoticeCity.Own, TestProgrammes.ServiceId, null)).Granted.ShouldNotBeNull().Token;
        var turn = city.City.Append(city.Subject, points: -3, daysAgo: 2);
        var answer = (await city.City.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, token)).Answer.ShouldNotBeNull();
        await city.Enrolments.Restrict(NoticeCity.Own);
        var act = city.Record(
            AdminActions.Published, TestProgrammes.Vehicles, details: """{"number":2,"firstDay":"2026-07-01","widens":false}""");

        var page = await city.Page();
        page.Below.ShouldBeNull();
        page.Notices.Select(notice => notice.Kind).ShouldBe(
            ["published", "restricted", "queried", "event", "granted", "handle-linked", "enrolled"]);
        page.Notices.Select(notice => notice.Id).ShouldBe(["6-1", "6-0", "5-0", "4-0", "3-0", "2-0", "1-0"]);
        var published = page.Notices[0];
        (published.Act, published.Turn, published.Day).ShouldBe((act, null, TestCity.Today));
        published.Words.ShouldBe("Version 2 of the programme was published, in force from 2026-07-01.");
        Encoding.UTF8.GetString(published.Body).ShouldBe("{\"act\":\"published\",\"number\":1}");

        var queried = page.Notices[2];
        queried.Words.ShouldBe("City Parking Ltd asked for the score.");
        queried.Look.ShouldBe(new AccessNotice(
            city.City.Clock.GetUtcNow(), TestProgrammes.ServiceId, "City Parking Ltd", "Fees", "parking@example.org", answer.Reference));
        queried.Body.ShouldBe(city.Ledger.EntriesOf(city.Subject)[4].Body);

        var appended = page.Notices[3];
        (appended.Turn, appended.Day).ShouldBe((turn, TestCity.Today.AddDays(-2)));
        appended.Words.ShouldBe("Traffic sent an event of type traffic.trip, which gives -3 points by the rule trips.");
        var shown = appended.Event.ShouldNotBeNull();
        (shown.Type, shown.Source, shown.RuleSet).ShouldBe(("traffic.trip", TestProgrammes.SourceId, 1));
        Encoding.UTF8.GetString(shown.Data).ShouldBe("{\"good\":false}");
        shown.Points.ShouldBe([new NoticePoints("trips", "Trips that go well.", -3)]);
        page.Notices.Where(notice => notice.Look is not null || notice.Event is not null).Count().ShouldBe(2);
    }

    [Fact]
    public async Task An_event_is_shown_with_the_points_of_its_own_day()
    {
        await using var city = await NoticeCity.Start();
        var first = TestProgrammes.Documents.VersionsOf(TestProgrammes.Vehicles)[0];
        var set = first.RuleSet with
        {
            Number = 2, FirstDay = TestCity.Today, Rules = [first.RuleSet.Rules[0] with { Points = new Rules.FixedPoints(11) }],
        };
        city.City.Publish(TestProgrammes.Documents with
        {
            Versions = [.. TestProgrammes.Documents.Versions, first with { RuleSet = Rules.RuleSetDocument.Hashed(set) }],
        });
        city.City.Append(city.Subject);
        city.City.Append(city.Subject, daysAgo: 1);
        (await city.Page(count: 2)).Notices.Select(notice => (notice.Event!.RuleSet, notice.Event.Points[0].Points))
            .ShouldBe([(1, 7L), (2, 11L)]);
    }

    [Fact]
    public async Task Acts_of_other_programmes_and_from_before_the_day_of_enrolment_are_left_out()
    {
        await using var city = await NoticeCity.Start();
        city.Record(AdminActions.Published, TestProgrammes.Vehicles, daysAgo: 1);
        city.Record(AdminActions.Registered, null, daysAgo: 1);
        city.Record(AdminActions.Suspended, TestProgrammes.Citizens);
        city.Record(AdminActions.Registered, null);
        city.Record(AdminActions.Suspended, TestProgrammes.Vehicles);
        (await city.Page()).Notices.Select(notice => notice.Kind).ShouldBe(["suspended", "registered", "handle-linked", "enrolled"]);
        (await city.Run("0-0")).Notices.Select(notice => notice.Kind).ShouldBe(["enrolled", "handle-linked", "registered", "suspended"]);
    }

    [Fact]
    public async Task Pages_hold_each_notice_once_and_a_stream_continues_from_any_of_them()
    {
        await using var city = await NoticeCity.Start();
        for (var i = 0; i < 37; i++)
        {
            city.City.Append(city.Subject, daysAgo: i % 7);
            if (i % 5 == 0) city.Record(AdminActions.Registered, i % 2 == 0 ? null : TestProgrammes.Vehicles);
        }
        var all = new List<Notice>();
        string? below = null;
        do
        {
            var page = await city.Page(below, count: 7);
            all.AddRange(page.Notices);
            below = page.Below;
        }
        while (below is not null);
        all.Count.ShouldBe(2 + 37 + 8);
        for (var i = 0; i < all.Count; i += 9)
        {
            var rest = await city.Run(all[i].Id);
            rest.Notices.Select(Name).ShouldBe(all.Take(i).Select(Name), ignoreOrder: true);
        }
    }

    [Fact]
    public async Task A_place_ahead_of_the_ledger_is_no_page()
    {
        await using var city = await NoticeCity.Start();
        city.Record(AdminActions.Registered, null);
        foreach (var (turn, act, ahead) in new[] { (3L, 2L, false), (4L, 2L, true), (3L, 3L, true), (0L, 0L, false) })
        {
            var outcome = await city.Notices.Read(NoticeCity.Own, new NoticePlace(turn, act), 10);
            outcome.Refusal.ShouldBe(ahead ? NoticesRefusal.PlaceAhead : null, $"{turn}-{act}");
        }
        (await city.Notices.Read(NoticeCity.Own, new NoticePlace(0, 0), 10)).Page!.Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_other_participant_reads_them_and_none_is_returned_after_a_withdrawal()
    {
        await using var city = await NoticeCity.Start();
        foreach (var other in (OwnSubject[])[
            NoticeCity.Own with { Participant = "berta" }, NoticeCity.Own with { Programme = TestProgrammes.Citizens },
            NoticeCity.Own with { Ordinal = 1 }, NoticeCity.Own with { Ordinal = -1 }, NoticeCity.Own with { Ordinal = 32 }])
        {
            (await city.Notices.Read(other, null, 10)).Refusal.ShouldBe(NoticesRefusal.SubjectUnknown);
            (await city.Notices.After(other, null, 10, false, CancellationToken.None)).ShouldBeNull();
        }
        (await city.Enrolments.Withdraw(NoticeCity.Own, null)).ShouldNotBeNull();
        (await city.Notices.Read(NoticeCity.Own, null, 10)).Refusal.ShouldBe(NoticesRefusal.SubjectUnknown);
        (await city.Notices.After(NoticeCity.Own, null, 10, false, CancellationToken.None)).ShouldBeNull();
    }

    private static string Name(Notice notice) => $"{notice.Turn}/{notice.Act}";
}
