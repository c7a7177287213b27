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
    private TaskCompletionSource _next = NewTick();

    /// <summary>Starts ticking immediately.</summary>
    public TickSource(TimeSpan period, TimeProvider time)
    {
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

    /// <summary>Stops ticking and releases the answers that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _running;
    }

    private static TaskCompletionSource NewTick() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Run()
    {
        while (await _timer.WaitForNextTickAsync()) Interlocked.Exchange(ref _next, NewTick()).SetResult();
        Volatile.Read(ref _next).SetResult();
    }
}

/// <summary>The tick sources on which answers leave: one for sources, one for services.</summary>
internal sealed class ResponseTicks(IOptions<GatewayLimits> limits, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Ticks for answers to sources, every <see cref="GatewayLimits.EventsTickMs"/>.</summary>
    public TickSource Events { get; } = new(TimeSpan.FromMilliseconds(limits.Value.EventsTickMs), time);

    /// <summary>Ticks for answers to services, every <see cref="GatewayLimits.ScoresTickMs"/>.</summary>
    public TickSource Scores { get; } = new(TimeSpan.FromMilliseconds(limits.Value.ScoresTickMs), time);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync();
        await Scores.DisposeAsync();
    }
}
