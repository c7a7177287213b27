namespace Scoring.Testing;

/// <summary>A machine whose wall clock can be shifted while the time that it measures runs on, as when an operator sets a clock.</summary>
/// <param name="time">The time that passes.</param>
public sealed class ShiftedTime(TimeProvider time) : TimeProvider
{
    private long _shiftTicks;

    /// <summary>By how much the wall clock is ahead.</summary>
    public TimeSpan Shift
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _shiftTicks));
        set => Interlocked.Exchange(ref _shiftTicks, value.Ticks);
    }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Shift;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
