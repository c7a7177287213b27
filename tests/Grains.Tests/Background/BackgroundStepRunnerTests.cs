using Microsoft.Extensions.Time.Testing;
using Scoring.Clocks;
using Scoring.Testing;

namespace Scoring.Background;

public sealed class BackgroundStepRunnerTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly SkippingTime _time = new();
    private readonly StepMetrics _metrics = new();
    private readonly LogLines<BackgroundStepRunner> _log = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    // Names of its own, because tests that run in parallel count in the same metrics.
    private readonly string _name = $"step-{Guid.NewGuid():N}";

    private BackgroundStepRunner Runner => FakeReferenceClock.Steps(_time, log: _log);

    public void Dispose()
    {
        _metrics.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_step_that_always_throws_stops_no_other_step_and_does_not_end_the_service()
    {
        var done = 0;
        await Runner.Repeat(
            new BackgroundSchedule(
                Interval,
                new BackgroundStep(_name, _ => throw new InvalidOperationException("a defect")),
                new BackgroundStep(_name + "-next", _ => ++done < 5 ? Task.CompletedTask : _stop.CancelAsync())),
            _stop.Token);
        done.ShouldBe(5);
        _metrics.Failures(_name).ShouldBeGreaterThanOrEqualTo(5);
        _metrics.Failing(_name).ShouldBe(1);
        _metrics.Failures(_name + "-next").ShouldBe(0);
        _log.Lines.ShouldBe(
            [$"Error 2901 The background step {_name} failed: InvalidOperationException (null). It is tried again until it succeeds"],
            "the first failure is logged, and no text of the exception");
    }

    [Fact]
    public async Task A_failed_step_is_tried_again_after_a_growing_pause_up_to_its_interval_and_then_at_its_interval()
    {
        var start = _time.GetUtcNow();
        var ran = new List<double>();
        await Runner.Repeat(
            new BackgroundSchedule(
                Interval,
                new BackgroundStep(_name, _ =>
                {
                    ran.Add((_time.GetUtcNow() - start).TotalSeconds);
                    if (ran.Count == 10) _stop.Cancel();
                    return ran.Count <= 7 ? throw new TimeoutException() : Task.CompletedTask;
                })),
            _stop.Token);
        ran.ShouldBe([0, 1, 3, 7, 15, 25, 35, 45, 55, 65]);
        (_metrics.Failures(_name), _metrics.Failing(_name)).ShouldBe((7, 0));
        _log.Lines.Count.ShouldBe(2);
        _log.Lines[1].ShouldBe($"Information 2902 The background step {_name} succeeded after 7 failures");
    }

    [Fact]
    public async Task The_interval_is_asked_for_after_each_run_and_the_first_pause_is_one_interval_where_the_schedule_says_so()
    {
        var start = _time.GetUtcNow();
        var ran = new List<double>();
        var step = new BackgroundStep(_name, _ =>
        {
            ran.Add((_time.GetUtcNow() - start).TotalSeconds);
            return ran.Count < 4 ? Task.CompletedTask : _stop.CancelAsync();
        });
        await Runner.Repeat(
            new BackgroundSchedule([step], () => TimeSpan.FromSeconds(1 << ran.Count)) { StartsWithPause = true }, _stop.Token);
        ran.ShouldBe([1, 3, 7, 15]);
    }

    [Fact]
    public async Task A_woken_service_runs_every_step_before_its_time()
    {
        var time = new FakeTimeProvider();
        var woken = new SemaphoreSlim(0);
        var done = 0;
        await FakeReferenceClock.Steps(time).Repeat(
            new BackgroundSchedule(
                Interval,
                new BackgroundStep(_name, _ =>
                {
                    woken.Release();
                    return ++done < 3 ? Task.CompletedTask : _stop.CancelAsync();
                }))
            {
                Woken = woken.WaitAsync,
            },
            _stop.Token);
        done.ShouldBe(3, "no time has passed");
    }

    [Fact]
    public async Task A_cancellation_that_is_not_the_hosts_is_a_failure_and_the_hosts_is_none()
    {
        var runner = Runner;
        var cancelled = new BackgroundStep(_name, _ => throw new OperationCanceledException());
        (await runner.Run(cancelled, _stop.Token)).ShouldBe(StepOutcome.Failed);
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(
            runner.Run(new BackgroundStep(_name, _ => throw new InvalidOperationException()), _stop.Token));
        _metrics.Failures(_name).ShouldBe(1);
    }

    [Fact]
    public async Task While_the_clock_is_not_trusted_a_step_that_needs_it_is_held_and_counted_and_others_run()
    {
        var machine = new ShiftedTime(_time);
        var runner = FakeReferenceClock.Steps(_time, FakeReferenceClock.Guard(machine), _log);
        machine.Shift = TimeSpan.FromHours(1);
        var done = 0;
        var irreversible = 0;
        await runner.Repeat(
            new BackgroundSchedule(
                Interval,
                new BackgroundStep(_name, _ => ++irreversible < 2 ? Task.CompletedTask : _stop.CancelAsync()) { NeedsTrustedClock = true },
                new BackgroundStep(_name + "-next", _ =>
                {
                    if (++done < 4) irreversible.ShouldBe(0);
                    else machine.Shift = TimeSpan.Zero;
                    return Task.CompletedTask;
                })),
            _stop.Token);
        irreversible.ShouldBe(2, "it goes on by itself");
        _metrics.Held(_name).ShouldBeGreaterThanOrEqualTo(4);
        (_metrics.Held(_name + "-next"), _metrics.Failures(_name)).ShouldBe((0, 0));
    }
}
