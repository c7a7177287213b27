namespace Scoring.Ticks;

/// <summary>
/// Instants shared by everyone, one every period. An answer that waits for the next one leaves with all the others and so does not
/// tell how long its look-up took.
/// </summary>
internal sealed class TickSource : IAsyncDisposable
{
    private readonly PeriodicTimer timer;
    private readonly Task running;
    private TaskCompletionSource next = NewTick();

    /// <summary>Starts ticking at once.</summary>
    public TickSource(TimeSpan period, TimeProvider time)
    {
        timer = new PeriodicTimer(period, time);
        running = Run();
    }

    /// <summary>Completes on the next tick.</summary>
    public Task Next() => Volatile.Read(ref next).Task;

    /// <summary>Waits for the answer, then for the next tick, whatever the answer is: a value, an exception or a timeout.</summary>
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

    /// <summary>Stops ticking and lets those who wait go.</summary>
    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
        await running;
    }

    private static TaskCompletionSource NewTick() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Run()
    {
        while (await timer.WaitForNextTickAsync()) Interlocked.Exchange(ref next, NewTick()).SetResult();
        Volatile.Read(ref next).SetResult();
    }
}
