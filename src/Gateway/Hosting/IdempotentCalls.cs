using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Scoring.Limits;

namespace Scoring.Hosting;

/// <summary>
/// Calls stateless workers that any silo can run, with calls that may be repeated. A call without an answer is sent again, and the first
/// answer counts. The cluster's client sends such calls to the silos in turn, so that two calls in a row reach two silos.
/// </summary>
internal sealed class IdempotentCalls(IGrainFactory grains, IOptions<GatewayLimits> limits, TimeProvider time)
{
    /// <summary>The wait is at least so many times the usual duration, so that a slow cluster gets no more work for being slow.</summary>
    private const int UsualDurations = 4;

    private readonly int _attemptsMax = limits.Value.CallAttemptsMax;
    private readonly ConcurrentDictionary<Type, object> _workers = new(); // the factory reads a worker's attributes each time
    private long _usualTicks;

    private TimeSpan Wait => TimeSpan.FromTicks(Math.Max(
        TimeSpan.FromMilliseconds(limits.Value.CallWaitMs).Ticks, UsualDurations * Interlocked.Read(ref _usualTicks)));

    /// <summary>Sends a call to a worker with key 0, until it has an answer.</summary>
    /// <param name="call">A call that has the same effect once and several times.</param>
    /// <param name="cancellationToken">The request's deadline, for all attempts together.</param>
    /// <exception cref="OperationCanceledException">The deadline has passed.</exception>
    public async Task<T> Send<TGrain, T>(Func<TGrain, Task<T>> call, CancellationToken cancellationToken)
        where TGrain : IGrainWithIntegerKey
    {
        var grain = (TGrain)_workers.GetOrAdd(typeof(TGrain), static (_, factory) => factory.GetGrain<TGrain>(0), grains);
        var first = Measure(call, grain);
        if (await IsAnswered(first, WaitOf(attempt: 1), cancellationToken)) return await first;
        List<Task<T>> pending = first.IsCompleted ? [] : [first];
        for (var attempt = 2; ; attempt++)
        {
            // One of the two goes to another silo than the call before, whichever calls of other requests come between.
            pending.Add(Measure(call, grain));
            pending.Add(Measure(call, grain));
            if (await FirstAnswer(pending, WaitOf(attempt), cancellationToken) is { } answered) return await answered;
        }
    }

    private TimeSpan WaitOf(int attempt) => attempt < _attemptsMax ? Wait : Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Waits for one call as <see cref="FirstAnswer"/> waits for several, with less work: almost every call is answered at the first
    /// attempt.
    /// </summary>
    private async Task<bool> IsAnswered(Task call, TimeSpan wait, CancellationToken cancellationToken)
    {
        await call.WaitAsync(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        call.Ignore();
        cancellationToken.ThrowIfCancellationRequested();
        return call.IsCompleted && (wait == Timeout.InfiniteTimeSpan || !IsSiloFailure(call.Exception?.InnerException));
    }

    /// <summary>
    /// Returns the first call that has an answer, or the last one that failed, when all have; <see langword="null"/> when more attempts
    /// should be made. A failure of the silo is no answer; every other exception is one.
    /// </summary>
    private async Task<Task<T>?> FirstAnswer<T>(List<Task<T>> pending, TimeSpan wait, CancellationToken cancellationToken)
    {
        var isLast = wait == Timeout.InfiniteTimeSpan;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waited = Task.Delay(wait, time, ends.Token);
        try
        {
            while (true)
            {
                var done = await Task.WhenAny([.. pending, waited]);
                cancellationToken.ThrowIfCancellationRequested();
                if (done == waited) return null;
                var call = (Task<T>)done;
                if (!IsSiloFailure(call.Exception?.InnerException)) return call;
                pending.Remove(call);
                if (pending.Count == 0) return isLast ? call : null;
            }
        }
        finally
        {
            await ends.CancelAsync();
            foreach (var call in pending) call.Ignore();
        }
    }

    private async Task<T> Measure<TGrain, T>(Func<TGrain, Task<T>> call, TGrain grain)
    {
        var start = time.GetTimestamp();
        var answer = await call(grain);
        // A moving average over about 16 calls. Two calls that end together may lose one of their durations.
        var usual = Interlocked.Read(ref _usualTicks);
        Interlocked.Exchange(ref _usualTicks, usual + ((time.GetElapsedTime(start).Ticks - usual) / 16));
        return answer;
    }

    private static bool IsSiloFailure(Exception? exception) => exception is TimeoutException or OrleansException
        || (exception is not null && RuntimeFailures.IsOfRuntime(exception));
}
