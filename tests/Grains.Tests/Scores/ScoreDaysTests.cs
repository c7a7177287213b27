using Scoring.Audit;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Notices;
using Scoring.Rules;
using Scoring.Testing;

namespace Scoring.Scores;

public sealed class ScoreDaysTests
{
    [Fact]
    public async Task Each_day_has_the_score_and_tier_that_its_participant_was_shown_on_it()
    {
        await using var city = await NoticeCity.Start();
        Publish(city);
        var shown = new List<DayScore>();
        var random = new Random(1);
        for (var day = TestCity.Today; shown.Count < 60; day = day.AddDays(1))
        {
            if (shown.Count > 0) city.City.Clock.Advance(TimeSpan.FromDays(1));
            for (var events = random.Next(4); events > 0; events--)
                city.City.Append(city.Subject, random.Next(3) == 0 ? -3 : 7, daysAgo: TestCity.Today.DayNumber - day.DayNumber);
            var score = (await city.Enrolments.Score(NoticeCity.Own)).ShouldNotBeNull();
            shown.Add(new DayScore(day, score.Score, score.Tier));
        }
        shown.Select(day => day.Score).Distinct().Count().ShouldBeGreaterThan(10);
        shown.Select(day => day.Tier).Distinct().Count().ShouldBeGreaterThan(1);

        (await Read(city, ScoreDays.CountMax)).Days.ShouldBe(shown);
        (await Read(city, 7)).Days.ShouldBe(shown[^7..]);
        (await Read(city, 0)).Days.ShouldBe(shown[^1..]);
    }

    [Fact]
    public async Task A_late_event_counts_on_its_own_day()
    {
        await using var city = await NoticeCity.Start();
        city.City.Clock.Advance(TimeSpan.FromDays(3));
        city.City.Append(city.Subject, 7, daysAgo: -1);
        (await Read(city, 400)).Days.Select(day => day.Score - TestProgrammes.Floor).ShouldBe([0, 7, 7, 7]);
    }

    [Fact]
    public async Task Days_on_which_an_expired_entry_may_have_counted_are_left_out()
    {
        await using var city = await NoticeCity.Start();
        var expired = city.City.Append(city.Subject, 7, daysAgo: -1);
        city.City.Clock.Advance(TimeSpan.FromDays(740));
        city.City.Append(city.Subject, 7, daysAgo: -740);
        (await Read(city, 400)).Days.Length.ShouldBe(400);
        // Entries are kept for 730 days and count for 365: of the last gone day 740 - 730, less one day, nothing counts 365 days later.
        city.Ledger.IsExpired = turn => turn == expired;
        var days = (await Read(city, 400)).Days;
        days[0].ShouldBe(new DayScore(TestCity.Today.AddDays(9 + 365), TestProgrammes.Floor, "baseline"));
        days[^1].ShouldBe(new DayScore(TestCity.Today.AddDays(740), TestProgrammes.Floor + 7, "baseline"));
    }

    [Fact]
    public async Task No_other_participant_reads_them_and_none_are_read_after_a_withdrawal()
    {
        await using var city = await NoticeCity.Start();
        foreach (var other in (OwnSubject[])[
            NoticeCity.Own with { Participant = "berta" }, NoticeCity.Own with { Programme = TestProgrammes.Citizens },
            NoticeCity.Own with { Ordinal = 1 }, NoticeCity.Own with { Ordinal = 32 }])
        {
            (await Grain(city).Read(other, 10)).ShouldBeNull();
        }
        city.Ledger.BeforeRead = subject =>
        {
            city.Ledger.Erase(subject);
            return Task.CompletedTask;
        };
        (await Grain(city).Read(NoticeCity.Own, 10)).ShouldBeNull("it left during the read");
    }

    [Fact]
    public async Task One_call_folds_a_limited_number_of_entries()
    {
        await using var city = await NoticeCity.Start(1, ("Subjects:FoldEntriesMax", "20"), ("Subjects:PageEntries", "6"));
        while (city.Ledger.EntriesOf(city.Subject).Count < 20) city.City.Append(city.Subject);
        (await Read(city, 1)).Days.Length.ShouldBe(1);
        city.City.Append(city.Subject);
        await Should.ThrowAsync<HistoryTooLongException>(() => Grain(city).Read(NoticeCity.Own, 1));
    }

    private static void Publish(NoticeCity city)
    {
        var first = TestProgrammes.Documents.VersionsOf(TestProgrammes.Vehicles)[0];
        var rule = first.RuleSet.Rules[0] with { HalfLifeDays = 3, CapPerDay = 20, CapPerWindow = 200 };
        var changed = first with
        {
            RuleSet = RuleSetDocument.Hashed(first.RuleSet with
            {
                Rules = [rule],
                Tiers = [new Tier("baseline", TestProgrammes.Floor), new Tier("silver", TestProgrammes.Floor + 30)],
            }),
        };
        city.City.Publish(TestProgrammes.Documents with
        {
            Versions = [.. TestProgrammes.Documents.Versions.Where(version => version != first), changed],
        });
    }

    private static async Task<ScoreDays> Read(NoticeCity city, int count) =>
        (await Grain(city).Read(NoticeCity.Own, count)).ShouldNotBeNull();

    private static IScoreDaysGrain Grain(NoticeCity city) => city.City.Grains.GetGrain<IScoreDaysGrain>(0);
}
