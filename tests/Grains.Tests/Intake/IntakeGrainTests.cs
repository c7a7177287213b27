using System.Collections.Immutable;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.Intake;

public sealed class IntakeGrainTests
{
    [Fact]
    public async Task An_event_of_an_enrolled_handle_becomes_an_entry_and_any_other_none()
    {
        await using var city = await TestCity.Start(silos: 1);
        var subject = Enrolled(city);
        var outcome = await Append(city, Event("1"), Event("2", handle: "an-unknown-handle"));

        IsAccepted(outcome).ShouldBeTrue();
        var entry = city.Ledger.EntriesOf(subject).Single(e => e.Kind == EntryKind.Event);
        entry.Day.ShouldBe(TestCity.Today);
        entry.Body.ShouldBe(TestProgrammes.Body(7));
        IsAccepted(await Append(city, Event("3", handle: "an-unknown-handle"))).ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_id_again_changes_nothing()
    {
        await using var city = await TestCity.Start(silos: 1);
        var subject = Enrolled(city);
        for (var i = 0; i < 3; i++) IsAccepted(await Append(city, Event("1"), Event("2"))).ShouldBeTrue();
        city.Ledger.EntriesOf(subject).Count(e => e.Kind == EntryKind.Event).ShouldBe(2);
    }

    [Fact]
    public async Task A_day_is_the_one_in_the_programmes_zone()
    {
        await using var city = await TestCity.Start(silos: 1);
        var subject = Enrolled(city);
        await Append(city, Event("1", time: new DateTimeOffset(2026, 6, 15, 0, 30, 0, TimeSpan.FromHours(2))));
        city.Ledger.EntriesOf(subject)[^1].Day.ShouldBe(new DateOnly(2026, 6, 14));
    }

    [Theory]
    [InlineData(300, null)]
    [InlineData(301, EventFault.TimeInFuture)]
    [InlineData(-30 * 86_400, null)]
    [InlineData(-30 * 86_400 - 1, EventFault.TimeTooOld)]
    public async Task An_instant_outside_the_window_is_refused(int seconds, EventFault? fault)
    {
        await using var city = await TestCity.Start(silos: 1);
        var subject = Enrolled(city);
        var outcome = await Append(city, Event("1"), Event("2", time: city.Clock.GetUtcNow().AddSeconds(seconds)));

        if (fault is null) IsAccepted(outcome).ShouldBeTrue();
        else outcome.Refusals.ShouldBe([new EventRefusal(1, fault.Value)]);
        city.Ledger.EntriesOf(subject).Count(e => e.Kind == EntryKind.Event).ShouldBe(fault is null ? 2 : 0, "all or none");
    }

    [Fact]
    public async Task An_unknown_programme_or_type_is_refused_and_every_fault_is_named()
    {
        await using var city = await TestCity.Start(silos: 1);
        var outcome = await Append(
            city, Event("1", programme: "no-such-programme"), Event("2"),
            Event("3") with { Body = """{"data":{},"source":"urn:city:traffic","type":"traffic.other"}"""u8.ToArray() });
        outcome.Refusals.ShouldBe([new EventRefusal(0, EventFault.ProgrammeUnknown), new EventRefusal(2, EventFault.ProgrammeUnknown)]);
    }

    [Fact]
    public async Task A_refusal_does_not_depend_on_who_is_enrolled()
    {
        await using var city = await TestCity.Start(silos: 1);
        Enrolled(city);
        foreach (var handle in (string[])["a-handle-1234567", "an-unknown-handle"])
        {
            var refused = await Append(city, Event("1", handle: handle, time: city.Clock.GetUtcNow().AddYears(-1)));
            refused.Refusals.ShouldBe([new EventRefusal(0, EventFault.TimeTooOld)]);
        }
    }

    [Fact]
    public async Task A_suspended_programmes_events_are_answered_like_any_other()
    {
        await using var city = await TestCity.Start(silos: 1);
        var subject = Enrolled(city);
        city.Ledger.Suspended.Add(TestProgrammes.Vehicles);
        IsAccepted(await Append(city, Event("1"))).ShouldBeTrue();
        city.Ledger.EntriesOf(subject).Count(e => e.Kind == EntryKind.Event).ShouldBe(0);
    }

    [Fact]
    public async Task A_ledger_past_its_limits_asks_for_a_later_retry()
    {
        await using var city = await TestCity.Start(silos: 1);
        city.Ledger.IsUnavailable = true;
        (await Append(city, Event("1"))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
    }

    private static SubjectId Enrolled(TestCity city) => city.Ledger.Add(
        1, SubjectKind.Vehicle, TestProgrammes.Vehicles,
        TestCity.Keys.HandleHash(TestProgrammes.SourceId, TestProgrammes.Vehicles, "a-handle-1234567"));

    private static IncomingEvent Event(
        string id, string handle = "a-handle-1234567", string programme = "safe-driver", DateTimeOffset? time = null) => new(
        id, ProgrammeId.Parse(programme), handle, time ?? new DateTimeOffset(TestCity.Today, new TimeOnly(11, 0), TimeSpan.Zero),
        TestProgrammes.Body(7));

    private static Task<IntakeOutcome> Append(TestCity city, params IncomingEvent[] events) =>
        city.Grains.GetGrain<IIntakeGrain>(0).Append(new EventBatch(TestProgrammes.SourceId, [.. events]));

    private static bool IsAccepted(IntakeOutcome outcome) => outcome is { Refusals.IsEmpty: true, RetryAfter: null };
}
