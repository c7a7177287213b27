using System.Text;
using System.Threading.Channels;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.Scores;

public sealed class ScoreQueryGrainTests
{
    [Fact]
    public async Task A_grant_leads_to_the_score_and_the_query_is_an_entry()
    {
        await using var city = await TestCity.Start();
        var subject = Granted(city, "token-1");
        for (var i = 0; i < 8; i++) city.Append(subject);
        var answer = await Query(city, "token-1");

        (answer.Score, answer.Tier, answer.Programme).ShouldBe((TestProgrammes.Floor + 56, "silver", TestProgrammes.Vehicles));
        var query = city.Ledger.EntriesOf(subject)[^1];
        (query.Kind, query.Turn, query.Day).ShouldBe((EntryKind.Queried, 10, TestCity.Today));
        Encoding.UTF8.GetString(query.Body).ShouldBe(
            $$"""{"at":"2026-06-15T12:00:00Z","grant":"g0","reference":"{{answer.Reference}}","service":"city-parking"}""");
    }

    [Fact]
    public async Task The_same_grant_within_its_validity_gets_the_same_answer_and_writes_nothing_new()
    {
        await using var city = await TestCity.Start();
        var subject = Granted(city, "token-1");
        var first = await Query(city, "token-1");
        var entries = city.Ledger.EntriesOf(subject).Count;
        for (var i = 0; i < 5; i++)
        {
            city.Append(subject);
            (await Query(city, "token-1")).ShouldBe(first);
        }
        city.Ledger.EntriesOf(subject).Count.ShouldBe(entries + 5);

        city.Clock.SetUtcNow(first.ValidUntil);
        var next = await Query(city, "token-1");
        next.Reference.ShouldNotBe(first.Reference);
        (next.Score, next.ValidUntil).ShouldBe((first.Score + 35, first.ValidUntil.AddMinutes(5)));
    }

    [Fact]
    public async Task An_answer_is_valid_to_the_end_of_its_window_and_no_longer_than_the_validity()
    {
        await using var city = await TestCity.Start(silos: 1);
        var ends = new HashSet<DateTimeOffset>();
        for (var i = 0; i < 20; i++)
        {
            var answer = await Query(city, $"unknown-{i}");
            (answer.ValidUntil - city.Clock.GetUtcNow()).ShouldBeInRange(TimeSpan.FromTicks(1), TimeSpan.FromMinutes(5));
            ends.Add(answer.ValidUntil);
        }
        ends.Count.ShouldBeGreaterThan(10, "windows do not all end together");
    }

    [Fact]
    public async Task An_unknown_subject_gets_the_neutral_answer_by_the_same_steps()
    {
        await using var city = await TestCity.Start();
        var withdrawn = Granted(city, "token-1");
        for (var i = 0; i < 8; i++) city.Append(withdrawn);
        city.Ledger.Erase(withdrawn);
        foreach (var token in (string[])["token-1", "never-given"])
        {
            var pulses = city.Ledger.Pulses;
            var reads = city.Ledger.TotalReads;
            var answer = await Query(city, token);
            (answer.Score, answer.Tier).ShouldBe((TestProgrammes.Floor, "baseline"));
            answer.Reference.Length.ShouldBe(22);
            answer.ShouldBe(await Query(city, token), "the reference too is the same within the window");
            city.Ledger.Pulses.ShouldBe(pulses + 2);
            city.Ledger.TotalReads.ShouldBe(reads + 2);
        }
    }

    [Fact]
    public async Task An_active_subject_costs_the_same_decoy_read()
    {
        await using var city = await TestCity.Start(silos: 1);
        var subject = Granted(city, "token-1");
        var first = await Query(city, "token-1");
        var reads = city.Ledger.TotalReads;
        var own = city.Ledger.Reads(subject);
        (await Query(city, "token-1")).ShouldBe(first);
        city.Ledger.Reads(subject).ShouldBe(own, "the fold is in memory");
        city.Ledger.TotalReads.ShouldBe(reads + 1);
    }

    [Fact]
    public async Task Another_services_grant_leads_nowhere()
    {
        await using var city = await TestCity.Start();
        var subject = Granted(city, "token-1");
        city.Append(subject);
        var answer = (await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask("city-food", "token-1")).Answer!;
        (answer.Score, answer.Tier, answer.Programme).ShouldBe((TestProgrammes.Floor, "baseline", TestProgrammes.Merchants));
    }

    [Fact]
    public async Task A_suspended_programme_answers_neutrally_even_to_a_test_grant()
    {
        await using var city = await TestCity.Start();
        var subject = Granted(city, "token-1");
        for (var i = 0; i < 8; i++) city.Append(subject);
        city.Ledger.Suspended.Add(TestProgrammes.Vehicles);
        (await Query(city, "token-1")).Score.ShouldBe(TestProgrammes.Floor);
    }

    [Fact]
    public async Task A_test_grant_shows_the_highest_tier_and_writes_nothing()
    {
        await using var city = await TestCity.Start();
        var pulses = city.Ledger.Pulses;
        var answer = await Query(city, TestCity.Keys.TestGrant(TestProgrammes.ServiceId));
        (answer.Score, answer.Tier).ShouldBe((TestProgrammes.Floor + 500, "gold"));
        city.Ledger.Pulses.ShouldBe(pulses + 1, "it takes the same steps");
    }

    [Theory]
    [InlineData("no-such-service")]
    [InlineData("city-lapsed")]
    public async Task A_service_that_is_not_registered_any_more_is_refused(string service)
    {
        await using var city = await TestCity.Start(silos: 1);
        var pulses = city.Ledger.Pulses;
        (await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(service, "token"))
            .ShouldBe(new QueryOutcome(null, QueryRefusal.ServiceNotRegistered, null));
        city.Ledger.Pulses.ShouldBe(pulses);
    }

    [Fact]
    public async Task A_stopped_service_is_not_registered()
    {
        await using var city = await TestCity.Start(silos: 1);
        var subject = Granted(city, "token-1");
        city.Publish(TestProgrammes.Documents, StoppedState.Undisturbed with
        {
            StoppedRegistrations = [StoppedState.KeyOf(RegistrationKind.Service, TestProgrammes.ServiceId)],
        });
        (await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, "token-1"))
            .ShouldBe(new QueryOutcome(null, QueryRefusal.ServiceNotRegistered, null));
        city.Ledger.EntriesOf(subject).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_test_grant_shows_nothing_while_its_programme_is_suspended_or_after_its_end(bool isEnded)
    {
        await using var city = await TestCity.Start(silos: 1);
        city.Publish(TestProgrammes.Documents, isEnded
            ? StoppedState.Undisturbed with { Ended = [TestProgrammes.Vehicles] }
            : StoppedState.Undisturbed with { Suspended = [TestProgrammes.Vehicles] });
        var answer = await Query(city, TestCity.Keys.TestGrant(TestProgrammes.ServiceId));
        (answer.Score, answer.Tier).ShouldBe((TestProgrammes.Floor, "baseline"));
    }

    [Fact]
    public async Task No_answer_without_a_ledger_entry()
    {
        await using var city = await TestCity.Start();
        Granted(city, "token-1");
        city.Ledger.IsUnavailable = true;
        foreach (var token in (string[])["token-1", "never-given"])
        {
            (await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, token))
                .ShouldBe(new QueryOutcome(null, null, TimeSpan.FromSeconds(1)));
        }
    }

    [Fact]
    public async Task A_stale_silo_refuses_all_queries_alike_and_looks_no_subject_up()
    {
        await using var city = await TestCity.Start(silos: 1, more: services => services.AddStaleRuleBook());
        Granted(city, "token-1");
        var pulses = city.Ledger.Pulses;
        foreach (var token in (string[])["token-1", "never-given"])
        {
            (await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, token))
                .ShouldBe(new QueryOutcome(null, null, TimeSpan.FromSeconds(1)));
        }
        city.Ledger.Pulses.ShouldBe(pulses);
    }

    [Fact]
    public async Task Concurrent_queries_and_events_get_exact_answers()
    {
        await using var city = await TestCity.Start();
        var subjects = Enumerable.Range(1, 5).Select(n => Granted(city, $"token-{n}", n)).ToArray();
        var appends = Channel.CreateUnbounded<int>();
        var appending = Task.Run(async () =>
        {
            await foreach (var _ in appends.Reader.ReadAllAsync())
                foreach (var subject in subjects) city.Append(subject);
        });
        await Task.WhenAll(subjects.Select(async (subject, n) =>
        {
            for (var i = 0; i < 20; i++)
            {
                city.Clock.Advance(TimeSpan.FromSeconds(13));
                appends.Writer.TryWrite(i).ShouldBeTrue();
                var answer = await Query(city, $"token-{n + 1}");
                var query = city.Ledger.EntriesOf(subject).Single(e =>
                    e.Kind == EntryKind.Queried && Encoding.UTF8.GetString(e.Body).Contains(answer.Reference));
                answer.Score.ShouldBe(city.Expected(subject, query.Turn));
            }
        }));
        appends.Writer.Complete();
        await appending;
    }

    private static SubjectId Granted(TestCity city, string token, long number = 1)
    {
        var subject = city.Ledger.Add(number, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        city.Ledger.Grant(subject, TestCity.Keys.GrantHash(TestProgrammes.ServiceId, token), TestProgrammes.ServiceId);
        return subject;
    }

    private static async Task<ScoreAnswer> Query(TestCity city, string token)
    {
        var outcome = await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, token);
        outcome.Refusal.ShouldBeNull();
        return outcome.Answer.ShouldNotBeNull();
    }
}
