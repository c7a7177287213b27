namespace Scoring.Ticks;

public sealed class ReleaseTests
{
    private const int TickMs = 25;

    [Theory]
    [InlineData(0, 25)]
    [InlineData(25, 25)]
    [InlineData(26, 50)]
    [InlineData(80, 100)]
    [InlineData(100, 100)]
    [InlineData(101, 125)]
    public void A_ready_answer_leaves_on_the_first_tick_at_or_after_its_planned_release(int plannedMs, int leavesAtMs) =>
        LeavesAt(plannedMs, readyAtMs: 0).ShouldBe(leavesAtMs);

    [Theory]
    [InlineData(0, 100)]
    [InlineData(99, 100)]
    [InlineData(100, 100)]
    [InlineData(101, 200)]
    [InlineData(199, 200)]
    [InlineData(201, 400)]
    [InlineData(399, 400)]
    [InlineData(401, 800)]
    public void A_late_answer_leaves_at_twice_the_planned_release_or_four_times(int readyAtMs, int leavesAtMs) =>
        LeavesAt(plannedMs: 100, readyAtMs).ShouldBe(leavesAtMs);

    [Fact]
    public void Answers_that_are_ready_in_time_leave_together_whatever_their_work_took()
    {
        for (var readyAtMs = 0; readyAtMs <= 80; readyAtMs++) LeavesAt(plannedMs: 80, readyAtMs).ShouldBe(100);
    }

    /// <summary>The tick on which an answer leaves, in milliseconds from its arrival at a tick.</summary>
    private static int LeavesAt(int plannedMs, int readyAtMs)
    {
        var release = new Release(TimeSpan.FromMilliseconds(plannedMs));
        var at = TickMs;
        while (!release.IsOn(TimeSpan.FromMilliseconds(at), at >= readyAtMs)) at += TickMs;
        return at;
    }
}
