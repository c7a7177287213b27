namespace Scoring.Background;

/// <summary>The steps of a background service and when they run.</summary>
/// <param name="Steps">The steps, in the order in which they run when several are due.</param>
/// <param name="Interval">Returns the pause between two runs of a step. It is called after each run.</param>
public sealed record BackgroundSchedule(IReadOnlyList<BackgroundStep> Steps, Func<TimeSpan> Interval)
{
    /// <summary>A schedule with one interval.</summary>
    public BackgroundSchedule(TimeSpan interval, params IReadOnlyList<BackgroundStep> steps) : this(steps, () => interval)
    {
    }

    /// <summary>Whether the first run is one interval after the start. By default it is immediately.</summary>
    public bool StartsWithPause { get; init; }

    /// <summary>Completes when all steps are to run before their time; <see langword="null"/> for never.</summary>
    public Func<CancellationToken, Task>? Woken { get; init; }
}
