using System.Text;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.Testing;
using Scoring.WhatIf;

namespace Scoring.Enrolments;

public sealed class AccessLogTests
{
    private const string Anna = "anna-pairwise-sub";

    private static readonly OwnSubject Own = new(Anna, TestProgrammes.Vehicles, 0);

    [Fact]
    public async Task An_access_shows_the_service_its_purpose_the_instant_and_the_answer()
    {
        await using var city = await TestCity.Start();
        var token = await Granted(city);
        for (var i = 0; i < 8; i++) city.Append(city.Ledger.OnlySubject);
        var answer = await Query(city, token);
        var page = (await Accesses(city)).ShouldNotBeNull();
        page.Below.ShouldBeNull();
        page.Looks.ShouldHaveSingleItem().ShouldBe(new AccessView(
            12, EntryKind.Queried, TestCity.Today, city.Clock.GetUtcNow(), TestProgrammes.ServiceId, "City Parking Ltd", "Fees",
            "parking@example.org", answer.Reference, new ScoreValue(TestProgrammes.Floor + 56, "silver")));
        (await Query(city, token)).ShouldBe(answer);
        (await Accesses(city))!.Looks.Length.ShouldBe(1, "the same answer is one access");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_recorded_answer_stays_the_same_whatever_is_appended_later(int seed)
    {
        await using var city = await TestCity.Start(settings: new()
        {
            ["Subjects:SnapshotEntries"] = "1", ["Subjects:PageEntries"] = "7",
        });
        var random = new Random(seed);
        var answers = new Dictionary<string, ScoreAnswer>();
        var token = await Granted(city);
        var subject = city.Ledger.OnlySubject;
        for (var step = 0; step < 120; step++)
        {
            if (step == 60) city.Publish(Changed(TestCity.Today.AddDays(18)));
            if (step % 2 == 0) city.Clock.Advance(TimeSpan.FromHours(12));
            city.Append(subject, random.Next(4) == 0 ? -3 : 7, daysAgo: random.Next(-20, 30));
            if (random.Next(5) == 0) ContestOrCorrect(city, random);
            if (random.Next(3) != 0) continue;
            var answer = await Query(city, token);
            answers[answer.Reference] = answer;
        }
        city.Clock.Advance(TimeSpan.FromDays(380));
        await city.Score(subject);
        city.Ledger.SnapshotsWritten.ShouldBeGreaterThan(0);

        var accesses = await All(city, count: 9);
        accesses.Count.ShouldBe(answers.Count);
        answers.Values.Select(answer => answer.Score).Distinct().Count().ShouldBeGreaterThan(10);
        foreach (var access in accesses)
        {
            var answer = answers[access.Reference.ShouldNotBeNull()];
            access.Answer.ShouldBe(new ScoreValue(answer.Score, answer.Tier), $"turn {access.Turn}");
        }
    }

    [Fact]
    public async Task One_call_folds_a_limited_number_of_entries()
    {
        await using var city = await TestCity.Start(silos: 1, settings: new()
        {
            ["Subjects:FoldEntriesMax"] = "20", ["Subjects:PageEntries"] = "6",
        });
        var token = await Granted(city);
        for (var i = 0; i < 16; i++) city.Append(city.Ledger.OnlySubject);
        var answer = await Query(city, token);
        (await Accesses(city))!.Looks.Single().Turn.ShouldBe(20);
        (await Grain(city).Score(Own)).ShouldNotBeNull("twenty entries are at the limit");
        (await Accesses(city))!.Looks.Single().Answer.ShouldBe(new ScoreValue(answer.Score, answer.Tier));

        city.Append(city.Ledger.OnlySubject);
        await Should.ThrowAsync<HistoryTooLongException>(() => Grain(city).Score(Own));
        await Should.ThrowAsync<HistoryTooLongException>(() => city.Grains.GetGrain<IWhatIfGrain>(0).Ask(
            Own, new HypotheticalEvent(null, TestProgrammes.Body(7))));
        city.Clock.Advance(TimeSpan.FromHours(1));
        var later = await Query(city, token);
        var accesses = (await Accesses(city))!.Looks;
        accesses.Select(access => access.Reference).ShouldBe([later.Reference, answer.Reference], "every access stays listed");
        accesses.Select(access => access.Answer).ShouldBe([null, new ScoreValue(answer.Score, answer.Tier)]);
    }

    [Fact]
    public async Task Pages_have_no_gap_and_no_repeat_while_new_accesses_arrive()
    {
        await using var city = await TestCity.Start(silos: 1);
        var token = await Granted(city);
        for (var i = 0; i < 12; i++) await AskAgain();
        var before = (await Accesses(city))!.Looks.Select(access => access.Turn).ToArray();
        before.Length.ShouldBe(12);
        var read = await All(city, count: 5, between: AskAgain);
        read.Select(access => access.Turn).ShouldBe(before);
        (await Accesses(city))!.Looks.Length.ShouldBe(15, "three pages, and an access after each");

        Task AskAgain()
        {
            city.Clock.Advance(TimeSpan.FromMinutes(5));
            city.Append(city.Ledger.OnlySubject);
            return Query(city, token);
        }
    }

    [Fact]
    public async Task A_page_is_read_in_one_pass_up_to_its_newest_access_and_has_at_most_a_hundred()
    {
        await using var city = await TestCity.Start(silos: 1, settings: new() { ["Subjects:PageEntries"] = "10" });
        var token = await Granted(city);
        var subject = city.Ledger.OnlySubject;
        for (var i = 0; i < 130; i++)
        {
            city.Clock.Advance(TimeSpan.FromMinutes(5));
            await Query(city, token);
        }
        (await Accesses(city, count: 1000))!.Looks.Length.ShouldBe(100);
        (await Accesses(city, count: 0))!.Looks.Length.ShouldBe(1);
        (await Reads(133)).ShouldBe(14);
        (await Reads(40)).ShouldBe(4);
        (await Reads(4)).ShouldBe(1);

        async Task<int> Reads(long turn)
        {
            var before = city.Ledger.Reads(subject);
            (await Accesses(city, turn + 1, 100))!.Looks[0].Turn.ShouldBe(turn);
            return city.Ledger.Reads(subject) - before;
        }
    }

    [Fact]
    public async Task A_suspended_service_is_named_and_one_that_is_no_longer_registered_has_its_id_alone()
    {
        await using var city = await TestCity.Start(silos: 1);
        await Query(city, await Granted(city));
        city.Publish(TestProgrammes.Documents, StoppedState.Undisturbed with
        {
            StoppedRegistrations = [StoppedState.KeyOf(RegistrationKind.Service, TestProgrammes.ServiceId)],
        });
        (await Accesses(city))!.Looks.Single().LegalEntity.ShouldBe("City Parking Ltd");
        city.Publish(TestProgrammes.Documents with { Services = [] });
        var access = (await Accesses(city))!.Looks.Single();
        (access.Service, access.LegalEntity, access.Purpose, access.Contact).ShouldBe((TestProgrammes.ServiceId, null, null, null));
        access.Answer.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_access_of_an_auditor_is_listed_without_an_answer()
    {
        await using var city = await TestCity.Start(silos: 1);
        await Query(city, await Granted(city));
        var turn = city.Ledger.Append(city.Ledger.OnlySubject, EntryKind.Looked, TestCity.Today, []);
        var accesses = (await Accesses(city))!.Looks;
        accesses.Select(access => access.Kind).ShouldBe([EntryKind.Looked, EntryKind.Queried]);
        accesses[0].ShouldBe(new AccessView(turn, EntryKind.Looked, TestCity.Today, null, null, null, null, null, null, null));
        accesses[1].Answer.ShouldNotBeNull();
    }

    [Fact]
    public async Task Expired_entries_are_skipped_where_they_cannot_have_counted()
    {
        await using var city = await TestCity.Start(silos: 1);
        var token = await Granted(city);
        var subject = city.Ledger.OnlySubject;
        // Entries are kept for 730 days and count for 365, so the answer of an access is known until the oldest counted entry expires.
        var expired = city.Append(subject, 7, daysAgo: 640);
        var kept = city.Append(subject, 7, daysAgo: 240);
        await Query(city, token);
        city.Clock.Advance(TimeSpan.FromDays(99));
        await Query(city, token);
        city.Ledger.IsExpired = turn => turn == expired;
        (await Answers()).ShouldBe([TestProgrammes.Floor + 7, TestProgrammes.Floor + 7]);

        city.Ledger.IsExpired = turn => turn == expired || turn == kept;
        city.Clock.Advance(TimeSpan.FromDays(367 - 99));
        (await Answers()).ShouldBe([TestProgrammes.Floor, null], "only entries of the first answer may have expired");
        async Task<long?[]> Answers() => [.. (await Accesses(city))!.Looks.Select(access => access.Answer?.Score)];
    }

    [Fact]
    public async Task No_other_participant_reads_them_and_none_is_returned_after_a_withdrawal()
    {
        await using var city = await TestCity.Start(silos: 1);
        await Query(city, await Granted(city));
        foreach (var other in (OwnSubject[])[
            Own with { Participant = "berta" }, Own with { Programme = TestProgrammes.Citizens }, Own with { Ordinal = 1 },
            Own with { Ordinal = -1 }, Own with { Ordinal = 32 }])
        {
            (await Grain(city).Looks(other, null, 50)).ShouldBeNull();
        }
        (await Accesses(city))!.Looks.Length.ShouldBe(1);
        (await Grain(city).Withdraw(Own, null)).ShouldNotBeNull();
        (await Accesses(city)).ShouldBeNull();
    }

    [Fact]
    public async Task A_withdrawal_during_the_read_returns_no_partial_page()
    {
        await using var city = await TestCity.Start(silos: 1);
        await Query(city, await Granted(city));
        city.Ledger.BeforeRead = subject =>
        {
            city.Ledger.Erase(subject);
            return Task.CompletedTask;
        };
        (await Accesses(city)).ShouldBeNull();
    }

    /// <summary>A second version with other points and tiers, which corrects the trip rule of the first.</summary>
    private static DocumentSet Changed(DateOnly firstDay)
    {
        var first = TestProgrammes.Documents.VersionsOf(TestProgrammes.Vehicles)[0];
        var set = first.RuleSet;
        var rule = set.Rules[0] with { Points = new FixedPoints(11), CapPerWindow = 200, HalfLifeDays = 30 };
        var second = first with
        {
            RuleSet = RuleSetDocument.Hashed(set with
            {
                Number = 2, FirstDay = firstDay, Rules = [rule], Corrections = [new RuleCorrection(1, rule.Id)],
                Tiers = [new Tier("baseline", TestProgrammes.Floor), new Tier("silver", TestProgrammes.Floor + 90)],
            }),
        };
        return TestProgrammes.Documents with { Versions = [.. TestProgrammes.Documents.Versions, second] };
    }

    private static void ContestOrCorrect(TestCity city, Random random)
    {
        var events = city.Ledger.EntriesOf(city.Ledger.OnlySubject).Where(entry => entry.Kind == EntryKind.Event).ToArray();
        var wrong = events[random.Next(events.Length)];
        var good = TestProgrammes.PointsOf(wrong.Body) == 7 ? "true" : "false";
        var isContest = random.Next(2) == 0;
        var more = isContest ? $",\"dueDay\":\"{TestCity.Today.AddDays(40):yyyy-MM-dd}\",\"ground\":\"not-me\"" : ",\"reason\":\"wrong\"";
        city.Ledger.Append(
            wrong.Subject, isContest ? EntryKind.ContestOpened : EntryKind.Corrected, TestCity.Today, Encoding.UTF8.GetBytes(
                $"{{\"data\":{{\"good\":{good}}},\"day\":\"{wrong.Day:yyyy-MM-dd}\"{more},\"source\":\"{TestProgrammes.SourceId}\","
                + $"\"turn\":{wrong.Turn},\"type\":\"traffic.trip\"}}"));
    }

    private static async Task<List<AccessView>> All(TestCity city, int count, Func<Task>? between = null)
    {
        var accesses = new List<AccessView>();
        for (long? below = null; ;)
        {
            var page = (await Accesses(city, below, count)).ShouldNotBeNull();
            accesses.AddRange(page.Looks);
            if (between is not null) await between();
            if ((below = page.Below) is null) return accesses;
        }
    }

    private static Task<AccessPage?> Accesses(TestCity city, long? below = null, int count = 50) => Grain(city).Looks(Own, below, count);

    private static IEnrolmentGrain Grain(TestCity city) => city.Grains.GetGrain<IEnrolmentGrain>(0);

    private static async Task<ScoreAnswer> Query(TestCity city, string token) =>
        (await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, token)).Answer.ShouldNotBeNull();

    /// <summary>Enrols Anna and grants the service a token.</summary>
    private static async Task<string> Granted(TestCity city)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var proof = TestProgrammes.Proof(new
        {
            handle = "a-handle-1234567", programme = "safe-driver", sub = Anna, iss = TestProgrammes.SourceId, iat = now, exp = now + 600,
        });
        var set = TestProgrammes.Documents.VersionsOf(TestProgrammes.Vehicles)[0].RuleSet;
        (await Grain(city).Enrol(Anna, new EnrolRequest(TestProgrammes.Vehicles, set.Hash, [proof]))).Enrolled.ShouldNotBeNull();
        return (await Grain(city).Grant(Own, TestProgrammes.ServiceId, null)).Granted.ShouldNotBeNull().Token;
    }
}
