using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Clocks;
using Scoring.Hosting;

namespace Scoring.Background;

/// <summary>
/// Runs the steps of background services. Any exception of a step is caught, counted and logged, and the step is tried again after a
/// growing pause, so one step never stops another one and never ends the host. Only a cancelled token ends a service.
/// </summary>
public sealed partial class BackgroundStepRunner(
    ClockGuard clock, IOptions<BackgroundOptions> options, TimeProvider machine, ILogger<BackgroundStepRunner> log)
{
    private readonly ConcurrentDictionary<BackgroundStep, string> _failing = [];

    /// <summary>The names of the steps that have failed and not succeeded since, in their order.</summary>
    public IReadOnlyList<string> Failing => [.. _failing.Values.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Repeats the steps of a service until the host stops.</summary>
    /// <param name="schedule">The steps and their interval.</param>
    /// <param name="stoppingToken">Ends the service. The returned task completes then; it never fails.</param>
    public async Task Repeat(BackgroundSchedule schedule, CancellationToken stoppingToken)
    {
        var startedAt = machine.GetTimestamp();
        var firstRun = schedule.StartsWithPause ? schedule.Interval() : TimeSpan.Zero;
        var due = schedule.Steps.ToDictionary(step => step, _ => firstRun);
        try
        {
            while (true)
            {
                if (await Wait(schedule, due.Values.Min() - machine.GetElapsedTime(startedAt), stoppingToken))
                    foreach (var step in schedule.Steps) due[step] = TimeSpan.Zero;
                var now = machine.GetElapsedTime(startedAt);
                var ran = schedule.Steps.Where(step => due[step] <= now).ToArray();
                foreach (var step in ran) await Run(step, stoppingToken);
                var endedAt = machine.GetElapsedTime(startedAt);
                foreach (var step in ran) due[step] = endedAt + PauseAfter(step, schedule.Interval());
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Runs a step once.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled (the only exception).</exception>
    public async Task<StepOutcome> Run(BackgroundStep step, CancellationToken cancellationToken)
    {
        try
        {
            if (step.NeedsTrustedClock && !await clock.IsTrusted(cancellationToken)) return Hold(step);
            await step.Work(cancellationToken);
            return Complete(step);
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Fail(step, exception);
        }
    }

    /// <summary>Runs a step that is not tried again here, because another step continues its work.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled (the only exception).</exception>
    public async Task<StepOutcome> RunOnce(BackgroundStep step, CancellationToken cancellationToken)
    {
        var outcome = await Run(step, cancellationToken);
        if (outcome == StepOutcome.Failed)
        {
            _failing.TryRemove(step, out _);
            GrainMetrics.StepsFailing.Add(-1, step.Tag);
        }
        return outcome;
    }

    /// <summary>Waits until the next step is due; returns whether the service was woken before.</summary>
    private async Task<bool> Wait(BackgroundSchedule schedule, TimeSpan pause, CancellationToken stoppingToken)
    {
        stoppingToken.ThrowIfCancellationRequested();
        if (pause <= TimeSpan.Zero) return false;
        if (schedule.Woken is null)
        {
            await Task.Delay(pause, machine, stoppingToken);
            return false;
        }
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var woken = schedule.Woken(done.Token);
        var isWoken = await Task.WhenAny(Task.Delay(pause, machine, done.Token), woken) == woken;
        await done.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
        return isWoken;
    }

    /// <summary>A step is tried again sooner than its interval, and the more often it fails, the later.</summary>
    private TimeSpan PauseAfter(BackgroundStep step, TimeSpan interval)
    {
        if (step.Delays == 0) return interval;
        var first = TimeSpan.FromSeconds(options.Value.RetrySecondsMin);
        var longest = interval > first ? interval : first;
        // 2^20 times the first pause is longer than any interval.
        var next = first * Math.Pow(2, Math.Min(step.Delays - 1, 20));
        return next < longest ? next : longest;
    }

    private static StepOutcome Hold(BackgroundStep step)
    {
        step.Delays++;
        step.Failure = null;
        GrainMetrics.StepsHeld.Add(1, step.Tag);
        return StepOutcome.Held;
    }

    private StepOutcome Complete(BackgroundStep step)
    {
        step.Delays = 0;
        step.Failure = null;
        if (step.Failures == 0) return StepOutcome.Done;
        LogRecovered(log, step.Name, step.Failures);
        step.Failures = 0;
        _failing.TryRemove(step, out _);
        GrainMetrics.StepsFailing.Add(-1, step.Tag);
        return StepOutcome.Done;
    }

    private StepOutcome Fail(BackgroundStep step, Exception exception)
    {
        step.Delays++;
        step.Failure = exception;
        GrainMetrics.StepFailures.Add(1, step.Tag);
        // The text of an exception may hold a person's values, so its type alone is logged, and only at the first failure of a row.
        if (step.Failures++ > 0) return StepOutcome.Failed;
        _failing[step] = step.Name;
        GrainMetrics.StepsFailing.Add(1, step.Tag);
        LogFailed(log, step.Name, exception.GetType().Name, (exception as DbException)?.SqlState);
        return StepOutcome.Failed;
    }

    [LoggerMessage(2901, LogLevel.Error, "The background step {Step} failed: {Exception} {SqlState}. It is tried again until it succeeds")]
    private static partial void LogFailed(ILogger logger, string step, string exception, string? sqlState);

    [LoggerMessage(2902, LogLevel.Information, "The background step {Step} succeeded after {Count} failures")]
    private static partial void LogRecovered(ILogger logger, string step, int count);
}
