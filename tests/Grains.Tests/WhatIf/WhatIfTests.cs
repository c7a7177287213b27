using System.Text;
using CsCheck;
using Scoring.Enrolments;
using Scoring.Events;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Notices;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Testing;

namespace Scoring.WhatIf;

public sealed class WhatIfTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_predicted_score_is_the_score_after_the_real_event(int seed)
    {
        await using var city = await NoticeCity.Start();
        Publish(city, halfLife: 3, capPerDay: 10, capPerWindow: 40);
        city.City.Clock.Advance(TimeSpan.FromDays(40)); // so that no day is before the enrolment
        var today = TestCity.Today.AddDays(40);
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var day = today.AddDays(-random.Next(0, 30));
            var points = random.Next(3) == 0 ? -3 : 7;
            var answer = (await Ask(city, random.Next(4) == 0 ? null : day, points)).Answer.ShouldNotBeNull();
            var before = (await city.Enrolments.Score(NoticeCity.Own)).ShouldNotBeNull();
            answer.Before.ShouldBe(new ScoreValue(before.Score, before.Tier));

            city.Ledger.Append(city.Subject, EntryKind.Event, answer.Day, TestProgrammes.Body(points));
            var after = (await city.Enrolments.Score(NoticeCity.Own)).ShouldNotBeNull();
            answer.After.ShouldBe(new ScoreValue(after.Score, after.Tier));
            answer.Difference.ShouldBe(after.Score - before.Score);
            var rule = answer.Rules.ShouldHaveSingleItem();
            rule.ShouldBe(new WhatIfRule(
                "trips", "Trips that go well.", points, before.Rules.SingleOrDefault()?.Worth ?? 0, after.Rules.Single().Worth));
            Json(answer.Explanation).ShouldBe(Json(after));
        }
    }

    [Fact]
    public void Over_any_history_the_explanation_after_is_that_of_the_history_with_the_event() => Tests.Scores.World.Any.Sample(
        world =>
        {
            var last = world.Entries[^1];
            if (last.Kind != EntryKind.Event) return;
            var before = Explainer.Explain(world.Entries.RemoveAt(world.Entries.Length - 1), world.Rules, world.Asked);
            var after = Explainer.Explain(world.Entries, world.Rules, world.Asked);
            var slow = (long)world.Slow(world.Asked).Score;
            after.Score.ShouldBe(slow);
            (after.Score - before.Score).ShouldBe(slow - (long)(world with { Entries = world.Entries.RemoveAt(world.Entries.Length - 1) })
                .Slow(world.Asked).Score);
        },
        iter: 300);

    [Fact]
    public async Task Asking_leaves_ledger_fold_and_snapshot_as_they_were()
    {
        await using var city = await NoticeCity.Start(silos: 1, ("Subjects:SnapshotEntries", "1"));
        for (var i = 0; i < 5; i++) city.City.Append(city.Subject);
        var below = city.Ledger.EntriesOf(city.Subject).Count + 1;
        var score = await city.City.Score(city.Subject, below);
        await TestCity.Until(() => city.Ledger.SnapshotOf(city.Subject) is not null, "a snapshot is kept");
        await city.City.Score(city.Subject);
        var entries = city.Ledger.EntriesOf(city.Subject);
        var snapshot = city.Ledger.SnapshotOf(city.Subject);
        var written = city.Ledger.SnapshotsWritten;
        var pulses = city.Ledger.Pulses;
        var end = await city.End();

        for (var i = 0; i < 10; i++) (await Ask(city, null, 7)).Answer.ShouldNotBeNull().Difference.ShouldBe(7);

        city.Ledger.EntriesOf(city.Subject).ShouldBe(entries);
        city.Ledger.SnapshotOf(city.Subject).ShouldBeSameAs(snapshot);
        (city.Ledger.SnapshotsWritten, city.Ledger.Pulses).ShouldBe((written, pulses));
        (await city.End()).ShouldBe(end);
        (await city.City.Score(city.Subject, below)).ShouldBe(score);
        (await city.Enrolments.Score(NoticeCity.Own)).ShouldNotBeNull().Turn.ShouldBe(entries.Count);
    }

    [Fact]
    public async Task Asking_activates_no_subject()
    {
        await using var city = await NoticeCity.Start();
        (await Ask(city, null, 7)).Answer.ShouldNotBeNull();
        city.City.IsActive(city.Subject).ShouldBeFalse();
    }

    [Fact]
    public async Task A_day_on_which_a_real_event_would_not_count_is_refused()
    {
        await using var city = await NoticeCity.Start();
        (await Ask(city, TestCity.Today.AddDays(1), 7)).Refusal.ShouldBe(WhatIfRefusal.DayInFuture);
        (await Ask(city, TestCity.Today.AddDays(-1), 7)).Refusal.ShouldBe(WhatIfRefusal.DayBeforeEnrolment);
        (await Ask(city, TestCity.Today, 7)).Answer.ShouldNotBeNull();
        city.City.Clock.Advance(TimeSpan.FromDays(31));
        (await Ask(city, TestCity.Today, 7)).Refusal.ShouldBe(WhatIfRefusal.DayTooOld);
        (await Ask(city, TestCity.Today.AddDays(1), 7)).Answer.ShouldNotBeNull("a part of that day is within the thirty");
    }

    [Fact]
    public async Task A_type_that_is_not_taken_or_a_programme_that_takes_nothing_is_refused()
    {
        await using var city = await NoticeCity.Start();
        var other = new HypotheticalEvent(null, Encoding.UTF8.GetBytes("{\"data\":{},\"source\":\"urn:s\",\"type\":\"traffic.flight\"}"));
        (await Grain(city).Ask(NoticeCity.Own, other)).Refusal.ShouldBe(WhatIfRefusal.TypeNotTaken);
        city.City.Publish(TestProgrammes.Documents, StoppedState.Undisturbed with { Suspended = [TestProgrammes.Vehicles] });
        (await Ask(city, null, 7)).Refusal.ShouldBe(WhatIfRefusal.TypeNotTaken);
        city.City.Publish(TestProgrammes.Documents, StoppedState.Undisturbed with { Ended = [TestProgrammes.Vehicles] });
        (await Ask(city, null, 7)).Refusal.ShouldBe(WhatIfRefusal.TypeNotTaken);
    }

    [Fact]
    public async Task No_other_participant_gets_an_answer_and_none_is_given_after_a_withdrawal()
    {
        await using var city = await NoticeCity.Start();
        foreach (var other in (OwnSubject[])[
            NoticeCity.Own with { Participant = "berta" }, NoticeCity.Own with { Programme = TestProgrammes.Citizens },
            NoticeCity.Own with { Ordinal = 1 }, NoticeCity.Own with { Ordinal = 32 }])
        {
            (await Grain(city).Ask(other, new HypotheticalEvent(null, TestProgrammes.Body(7)))).Refusal.ShouldBe(
                WhatIfRefusal.SubjectUnknown);
        }
        city.Ledger.BeforeRead = subject =>
        {
            city.Ledger.Erase(subject);
            return Task.CompletedTask;
        };
        (await Ask(city, null, 7)).Refusal.ShouldBe(WhatIfRefusal.SubjectUnknown, "a withdrawal during the read returns nothing");
    }

    private static void Publish(NoticeCity city, int halfLife, long capPerDay, long capPerWindow)
    {
        var first = TestProgrammes.Documents.VersionsOf(TestProgrammes.Vehicles)[0];
        var rule = first.RuleSet.Rules[0] with { HalfLifeDays = halfLife, CapPerDay = capPerDay, CapPerWindow = capPerWindow };
        var changed = first with { RuleSet = RuleSetDocument.Hashed(first.RuleSet with { Rules = [rule] }) };
        city.City.Publish(TestProgrammes.Documents with
        {
            Versions = [.. TestProgrammes.Documents.Versions.Where(version => version != first), changed],
        });
    }

    private static Task<WhatIfOutcome> Ask(NoticeCity city, DateOnly? day, int points) =>
        Grain(city).Ask(NoticeCity.Own, new HypotheticalEvent(day, TestProgrammes.Body(points)));

    private static IWhatIfGrain Grain(NoticeCity city) => city.City.Grains.GetGrain<IWhatIfGrain>(0);

    private static string Json(Explanation explanation) => System.Text.Json.JsonSerializer.Serialize(explanation);
}
