using Scoring.Limits;

namespace Scoring.Ticks;

/// <summary>
/// Plans when the answer to a batch of events leaves: a time from its arrival that follows from the number of its events and from a level
/// that all batches share. A batch's own cost has no part in its own plan, so the plan does not reveal whether its events were about
/// enrolled subjects. The level follows the cost of all batches of this process: it rises at the end of a period, and falls by one a
/// second to what the last period needed.
/// </summary>
internal sealed class ReleasePlan(GatewayLimits limits, TimeProvider time)
{
    /// <summary>The highest level, 35 times the plan of level 0.</summary>
    public const int LevelMax = 16;

    private const double Step = 1.25; // a plan of a level to that of the level below
    private const int BatchesMin = 100; // with fewer batches the level does not rise, so that one sender's few batches do not move it
    private const int LatePercentMax = 1;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PeriodMax = TimeSpan.FromSeconds(60); // after which a period ends that has too few batches

    private readonly Lock _gate = new();
    private readonly int[] _batches = new int[LevelMax + 1]; // by the lowest level whose plan would have been long enough
    private long _since = time.GetTimestamp();
    private long _fallenAt = time.GetTimestamp();
    private int _level;
    private int _needed; // by the last period; at most the level

    /// <summary>The level at present, from 0.</summary>
    public int Level
    {
        get
        {
            lock (_gate) return Fall();
        }
    }

    /// <summary>The time from the arrival of a batch to its release, to be rounded up to a tick.</summary>
    public TimeSpan For(int events) => For(events, Level);

    /// <summary>Counts one batch, and ends the period when it is over.</summary>
    /// <param name="events">The number of its events.</param>
    /// <param name="took">The time from its arrival to the end of its work.</param>
    public void Count(int events, TimeSpan took)
    {
        var fitting = 0;
        while (fitting < LevelMax && For(events, fitting) < took) fitting++;
        lock (_gate)
        {
            _batches[fitting]++;
            var age = time.GetElapsedTime(_since);
            if (age < Period) return;
            var count = _batches.Sum();
            if (count < BatchesMin && age < PeriodMax) return;
            // A few batches lower the level by one at most, and raise it never, so that it does not follow one sender's.
            var lower = Math.Min(_level - 1, Fall());
            _needed = count < BatchesMin ? Math.Min(_needed, Math.Max(Needed(count), lower)) : Needed(count);
            _level = Math.Max(_needed, lower);
            _since = _fallenAt = time.GetTimestamp();
            Array.Clear(_batches);
        }
    }

    /// <summary>Lowers the level by one for each whole second since it last fell, down to what is needed. Returns it.</summary>
    private int Fall()
    {
        var seconds = (int)Math.Min(LevelMax, time.GetElapsedTime(_fallenAt).TotalSeconds);
        if (seconds == 0) return _level;
        _fallenAt = time.GetTimestamp();
        return _level = Math.Max(_needed, _level - seconds);
    }

    /// <summary>
    /// The lowest level at which few enough batches of the period would have been late, and one more above 0, as a margin.
    /// </summary>
    private int Needed(int count)
    {
        var late = count;
        for (var level = 0; level < LevelMax; level++)
        {
            late -= _batches[level];
            if (late * 100L <= (long)count * LatePercentMax) return level == 0 ? 0 : level + 1;
        }
        return LevelMax;
    }

    private TimeSpan For(int events, int level)
    {
        var planned = (limits.EventsReleaseMs + (limits.EventsReleaseMicrosecondsPerEvent * (double)events / 1000)) * Math.Pow(Step, level);
        return TimeSpan.FromMilliseconds(Math.Min(planned, limits.EventsReleaseMsMax));
    }
}
