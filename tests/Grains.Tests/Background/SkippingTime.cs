using Microsoft.Extensions.Time.Testing;

namespace Scoring.Background;

/// <summary>A time in which every wait is over at once: the clock moves to the end of the wait.</summary>
internal sealed class SkippingTime() : FakeTimeProvider(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero))
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero) Advance(dueTime);
        return timer;
    }
}
