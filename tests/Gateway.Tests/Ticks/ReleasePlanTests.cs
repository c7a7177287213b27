using Microsoft.Extensions.Time.Testing;
using Scoring.Limits;

namespace Scoring.Ticks;

public sealed class ReleasePlanTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_release_is_planned_by_the_number_of_events_alone()
    {
        var plan = Plan();
        plan.For(1).ShouldBe(TimeSpan.FromMilliseconds(20.06));
        plan.For(100).ShouldBe(TimeSpan.FromMilliseconds(26));
        plan.For(1000).ShouldBe(TimeSpan.FromMilliseconds(80));
        var other = Plan(new GatewayLimits { EventsReleaseMs = 0, EventsReleaseMicrosecondsPerEvent = 1000, EventsReleaseMsMax = 900 });
        other.For(899).ShouldBe(TimeSpan.FromMilliseconds(899));
        other.For(901).ShouldBe(TimeSpan.FromMilliseconds(900), "at most");
    }

    [Fact]
    public void A_slow_batch_moves_neither_its_own_release_nor_any_other_of_its_period()
    {
        var plan = Plan();
        for (var i = 0; i < 200; i++) plan.Count(1000, Second);
        plan.Level.ShouldBe(0);
        plan.For(1000).ShouldBe(TimeSpan.FromMilliseconds(80));
    }

    [Fact]
    public void Load_moves_the_release_of_all_batches_alike()
    {
        var plan = Plan();
        Period(plan, count: 200, events: 100, took: plan.For(100) * 2);
        plan.Level.ShouldBe(5, "1.25 to the fourth is above 2, and one more");
        plan.For(1000).TotalMilliseconds.ShouldBe(80 * Math.Pow(1.25, 5), 0.001);
        plan.For(1).TotalMilliseconds.ShouldBe(20.06 * Math.Pow(1.25, 5), 0.001);
    }

    [Fact]
    public void One_late_batch_in_a_hundred_moves_nothing_and_two_do()
    {
        var plan = Plan();
        plan.Count(1000, Second);
        Period(plan, count: 99, events: 1, took: TimeSpan.Zero);
        plan.Level.ShouldBe(0);
        plan.Count(1000, Second);
        plan.Count(1000, Second);
        Period(plan, count: 98, events: 1, took: TimeSpan.Zero);
        plan.Level.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Fewer_than_a_hundred_batches_never_raise_the_level()
    {
        var plan = Plan();
        Period(plan, count: 98, events: 1000, took: Second);
        _time.Advance(TimeSpan.FromMinutes(1));
        plan.Count(1000, Second);
        plan.Level.ShouldBe(0);
    }

    [Fact]
    public void After_load_the_level_falls_by_one_a_period()
    {
        var plan = Plan();
        Period(plan, count: 200, events: 1, took: Second * 100);
        plan.Level.ShouldBe(ReleasePlan.LevelMax);
        for (var level = ReleasePlan.LevelMax - 1; level >= 0; level--)
        {
            Period(plan, count: 100, events: 1, took: TimeSpan.Zero);
            plan.Level.ShouldBe(level);
        }
        Period(plan, count: 100, events: 1, took: TimeSpan.Zero);
        plan.Level.ShouldBe(0);
    }

    [Fact]
    public void After_a_period_without_load_the_level_falls_by_one_a_second_however_few_batches_follow()
    {
        var plan = Plan();
        Period(plan, count: 200, events: 1, took: Second * 100);
        _time.Advance(Second * 10);
        Period(plan, count: 100, events: 1, took: TimeSpan.Zero);
        for (var level = ReleasePlan.LevelMax - 1; level >= 0; level--)
        {
            plan.Level.ShouldBe(level);
            _time.Advance(Second);
        }
        plan.Level.ShouldBe(0);
    }

    [Fact]
    public void The_level_does_not_fall_below_what_the_last_period_needed()
    {
        var plan = Plan();
        Period(plan, count: 200, events: 1, took: Second * 100);
        Period(plan, count: 200, events: 100, took: TimeSpan.FromMilliseconds(2 * 26));
        _time.Advance(TimeSpan.FromMinutes(1));
        plan.Level.ShouldBe(5);
    }

    [Fact]
    public void With_few_batches_the_level_falls_each_minute()
    {
        var plan = Plan();
        Period(plan, count: 200, events: 1, took: Second * 100);
        Period(plan, count: 2, events: 1, took: TimeSpan.Zero);
        plan.Level.ShouldBe(ReleasePlan.LevelMax);
        _time.Advance(TimeSpan.FromMinutes(1));
        plan.Count(1, TimeSpan.Zero);
        plan.Level.ShouldBe(ReleasePlan.LevelMax - 1);
    }

    private ReleasePlan Plan(GatewayLimits? limits = null) => new(limits ?? new GatewayLimits(), _time);

    /// <summary>Counts batches, the last of them when a second has passed.</summary>
    private void Period(ReleasePlan plan, int count, int events, TimeSpan took)
    {
        for (var i = 1; i < count; i++) plan.Count(events, took);
        _time.Advance(Second);
        plan.Count(events, took);
    }
}
