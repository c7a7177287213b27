namespace Scoring.Ticks;

/// <summary>
/// When one answer leaves: on the first tick at or after its planned time. An answer that is not ready by then leaves at twice the planned
/// time, or four times, and so on. So how late it was shows no finer than that.
/// </summary>
/// <param name="planned">The time from the request's arrival to the release.</param>
internal sealed class Release(TimeSpan planned)
{
    private TimeSpan _due = planned;

    /// <summary>Whether the answer leaves on a tick. Ask once for each tick, in order.</summary>
    /// <param name="sinceArrival">The time from the request's arrival to the tick.</param>
    /// <param name="isReady">Whether the answer is there.</param>
    public bool IsOn(TimeSpan sinceArrival, bool isReady)
    {
        if (sinceArrival < _due) return false;
        if (!isReady) _due *= 2;
        return isReady;
    }
}
