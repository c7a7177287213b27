using Microsoft.Extensions.Options;
using Scoring.Limits;

namespace Scoring.Ticks;

/// <summary>When answers leave: the tick sources, one for sources and one for services, and the plan for batches of events.</summary>
internal sealed class ResponseTicks(IOptions<GatewayLimits> limits, TimeProvider time) : IAsyncDisposable
{
    private readonly TickSource _events = new(TimeSpan.FromMilliseconds(limits.Value.EventsTickMs), time);
    private readonly ReleasePlan _plan = new(limits.Value, time);

    /// <summary>Ticks for answers to services, every <see cref="GatewayLimits.ScoresTickMs"/>.</summary>
    public TickSource Scores { get; } = new(TimeSpan.FromMilliseconds(limits.Value.ScoresTickMs), time);

    /// <summary>The timestamp of the arrival of events: the moment at which their last byte has been read.</summary>
    public long Arrival() => time.GetTimestamp();

    /// <summary>
    /// Waits until the answer to a batch of events may leave: its planned release, rounded up to a tick. The plan is made before the work
    /// begins.
    /// </summary>
    /// <param name="events">The number of events.</param>
    /// <param name="arrivedAt">Their <see cref="Arrival"/>.</param>
    /// <param name="append">Starts the work.</param>
    /// <param name="cancellationToken">Ends the request at its maximum duration.</param>
    public async Task<T> Leave<T>(int events, long arrivedAt, Func<Task<T>> append, CancellationToken cancellationToken)
    {
        var planned = _plan.For(events);
        return await _events.Leave(Work(events, arrivedAt, append), arrivedAt, planned, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        await Scores.DisposeAsync();
    }

    private async Task<T> Work<T>(int events, long arrivedAt, Func<Task<T>> append)
    {
        try
        {
            return await append();
        }
        finally
        {
            _plan.Count(events, time.GetElapsedTime(arrivedAt));
        }
    }
}
