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
        var grain = grains.GetGrain<TGrain>(0);
        List<Task<T>> pending = [Measure(call, grain)];
        for (var attempt = 1; ; attempt++)
        {
            var wait = attempt < _attemptsMax ? Wait : Timeout.InfiniteTimeSpan;
            if (await FirstAnswer(pending, wait, cancellationToken) is { } answered) return await answered;
            // One of the two goes to another silo than the call before, whichever calls of other requests come between.
            pending.Add(Measure(call, grain));
            pending.Add(Measure(call, grain));
        }
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
