using Microsoft.Extensions.Time.Testing;

namespace Scoring.Ticks;

public sealed class TickSourceTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(25);

    [Fact]
    public async Task Answers_of_one_period_leave_together_on_its_tick()
    {
        var time = new FakeTimeProvider();
        await using var ticks = new TickSource(Period, time);
        var early = ticks.Leave(Task.FromResult(1), CancellationToken.None);
        time.Advance(Period - TimeSpan.FromMilliseconds(1));
        var late = ticks.Leave(Task.FromResult(2), CancellationToken.None);
        early.IsCompleted.ShouldBeFalse();
        late.IsCompleted.ShouldBeFalse();

        time.Advance(TimeSpan.FromMilliseconds(1));
        (await early, await late).ShouldBe((1, 2));
    }

    [Fact]
    public async Task An_answer_found_after_a_tick_leaves_on_the_next()
    {
        var time = new FakeTimeProvider();
        await using var ticks = new TickSource(Period, time);
        var found = new TaskCompletionSource<int>();
        var answer = ticks.Leave(found.Task, CancellationToken.None);
        var tick = ticks.Next();
        time.Advance(Period);
        await tick;
        found.SetResult(7);
        answer.IsCompleted.ShouldBeFalse();
        // The answer may start to wait before or after this tick is due, so ticks follow until it is released.
        while (!answer.IsCompleted)
        {
            time.Advance(Period);
            await Task.Yield();
        }

        (await answer).ShouldBe(7);
    }

    [Fact]
    public async Task Failures_and_timeouts_leave_on_the_tick_too()
    {
        var time = new FakeTimeProvider();
        await using var ticks = new TickSource(Period, time);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var failed = ticks.Leave(Task.FromException<int>(new TimeoutException()), CancellationToken.None);
        var timedOut = ticks.Leave(new TaskCompletionSource<int>().Task, cancelled.Token);
        (failed.IsCompleted, timedOut.IsCompleted).ShouldBe((false, false));

        time.Advance(Period);
        await Should.ThrowAsync<TimeoutException>(() => failed);
        await Should.ThrowAsync<OperationCanceledException>(() => timedOut);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(130)]
    public async Task An_answer_leaves_on_a_tick_after_its_planned_release(int plannedMs)
    {
        var time = new FakeTimeProvider();
        await using var ticks = new TickSource(Period, time);
        var arrivedAt = time.GetTimestamp();
        var answer = ticks.Leave(Task.FromResult(7), arrivedAt, TimeSpan.FromMilliseconds(plannedMs), CancellationToken.None);
        answer.IsCompleted.ShouldBeFalse();
        while (!answer.IsCompleted)
        {
            time.Advance(Period);
            await Task.Yield();
        }

        (await answer).ShouldBe(7);
        time.GetElapsedTime(arrivedAt).TotalMilliseconds.ShouldBeGreaterThanOrEqualTo(Math.Max(25, plannedMs));
    }

    [Fact]
    public async Task A_cancelled_request_waits_no_longer_than_the_next_tick()
    {
        var time = new FakeTimeProvider();
        await using var ticks = new TickSource(Period, time);
        using var cancelled = new CancellationTokenSource();
        var answer = ticks.Leave(
            new TaskCompletionSource<int>().Task, time.GetTimestamp(), TimeSpan.FromSeconds(10), cancelled.Token);
        await cancelled.CancelAsync();
        answer.IsCompleted.ShouldBeFalse();
        time.Advance(Period);
        await Should.ThrowAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Stopping_releases_an_answer_before_its_planned_release()
    {
        var time = new FakeTimeProvider();
        var ticks = new TickSource(Period, time);
        var answer = ticks.Leave(Task.FromResult(1), time.GetTimestamp(), TimeSpan.FromSeconds(10), CancellationToken.None);
        await ticks.DisposeAsync();
        (await answer).ShouldBe(1);
    }

    [Fact]
    public async Task A_late_answer_leaves_at_twice_its_planned_release()
    {
        var time = new FakeTimeProvider();
        await using var ticks = new TickSource(Period, time);
        var found = new TaskCompletionSource<int>();
        var answer = ticks.Leave(found.Task, time.GetTimestamp(), TimeSpan.FromMilliseconds(100), CancellationToken.None);
        for (var elapsed = 25; elapsed <= 100; elapsed += 25) await Tick();
        found.SetResult(7);
        for (var elapsed = 125; elapsed <= 175; elapsed += 25) await Tick();
        // An answer that has left shows it as soon as a thread is free, which the delay is for.
        (await Task.WhenAny(answer, Task.Delay(50))).ShouldNotBe(answer);
        await Tick();
        (await answer).ShouldBe(7);

        // The tick has looked at every answer once it is another one's turn to leave on it.
        async Task Tick()
        {
            var other = ticks.Leave(Task.FromResult(0), time.GetTimestamp(), TimeSpan.Zero, CancellationToken.None);
            time.Advance(Period);
            await other;
        }
    }

    [Fact]
    public async Task After_the_stop_no_answer_waits()
    {
        var time = new FakeTimeProvider();
        var ticks = new TickSource(Period, time);
        await ticks.DisposeAsync();
        (await ticks.Leave(Task.FromResult(1), time.GetTimestamp(), TimeSpan.FromSeconds(10), CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task Stopping_releases_every_waiting_answer()
    {
        var ticks = new TickSource(Period, new FakeTimeProvider());
        var waiting = ticks.Next();
        await ticks.DisposeAsync();
        await waiting;
        await ticks.Next();
    }
}
