using Microsoft.Extensions.Options;
using Scoring.Limits;

namespace Scoring.Ticks;

/// <summary>
/// Ticks once every period, for all requests together. An answer that waits for the next tick leaves together with others, so that its time
/// does not reveal how long it took.
/// </summary>
internal sealed class TickSource : IAsyncDisposable
{
    private readonly PeriodicTimer _timer;
    private readonly Task _running;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<PlannedAnswer> _planned = [];
    private TaskCompletionSource _next = NewTick();
    private bool _isStopped;

    /// <summary>Starts ticking immediately.</summary>
    public TickSource(TimeSpan period, TimeProvider time)
    {
        _time = time;
        _timer = new PeriodicTimer(period, time);
        _running = Run();
    }

    /// <summary>Completes on the next tick.</summary>
    public Task Next() => Volatile.Read(ref _next).Task;

    /// <summary>
    /// Waits for the answer, then for the next tick. It also waits for the tick when the answer is an exception or a timeout.
    /// </summary>
    public async Task<T> Leave<T>(Task<T> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.WaitAsync(cancellationToken);
        }
        finally
        {
            await Next();
        }
    }

    /// <summary>
    /// Waits for the tick of the answer's <see cref="Release"/>, also when the answer is an exception. A cancelled request leaves on the
    /// next tick.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="arrivedAt">The timestamp of the request's arrival.</param>
    /// <param name="planned">The time from its arrival to its release.</param>
    /// <param name="cancellationToken">Ends the request at its maximum duration.</param>
    public async Task<T> Leave<T>(Task<T> answer, long arrivedAt, TimeSpan planned, CancellationToken cancellationToken)
    {
        var waiting = new PlannedAnswer(answer, arrivedAt, new Release(planned), cancellationToken);
        lock (_gate)
        {
            if (_isStopped) waiting.Leave();
            else _planned.Add(waiting);
        }
        await waiting.Left;
        return await answer.WaitAsync(cancellationToken);
    }

    /// <summary>Stops ticking and releases the answers that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _running;
    }

    private static TaskCompletionSource NewTick() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Run()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            Interlocked.Exchange(ref _next, NewTick()).SetResult();
            lock (_gate) _planned.RemoveAll(answer => answer.LeavesOnTick(_time));
        }
        lock (_gate)
        {
            _isStopped = true;
            foreach (var answer in _planned) answer.Leave();
            _planned.Clear();
        }
        Volatile.Read(ref _next).SetResult();
    }

    /// <summary>An answer that waits for the tick of its release. The ticks look at it, and only that tick wakes its request.</summary>
    private sealed class PlannedAnswer(Task answer, long arrivedAt, Release release, CancellationToken cancellationToken)
    {
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Left => _left.Task;

        public void Leave() => _left.SetResult();

        public bool LeavesOnTick(TimeProvider time)
        {
            var leaves = cancellationToken.IsCancellationRequested || release.IsOn(time.GetElapsedTime(arrivedAt), answer.IsCompleted);
            if (leaves) Leave();
            return leaves;
        }
    }
}
