namespace Scoring.Background;

/// <summary>One piece of the work of a background service. It fails and is tried again on its own.</summary>
/// <param name="name">The step's name in logs, and its tag in metrics. It never names a person.</param>
/// <param name="work">The work. It may be repeated at any moment.</param>
public sealed class BackgroundStep(string name, Func<CancellationToken, Task> work)
{
    /// <summary>The step's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Whether the work depends on the current time and cannot be undone. Such a step is held while the clock is not trusted.
    /// </summary>
    public bool NeedsTrustedClock { get; init; }

    /// <summary>The exception of the last run; <see langword="null"/> when it did not fail.</summary>
    public Exception? Failure { get; internal set; }

    /// <summary>How often the step has failed since it last succeeded.</summary>
    internal int Failures { get; set; }

    /// <summary>How often the step has failed or was held since it last succeeded.</summary>
    internal int Delays { get; set; }

    /// <summary>The step as a tag of metrics.</summary>
    internal KeyValuePair<string, object?> Tag { get; } = new("step", name);

    internal Task Work(CancellationToken cancellationToken) => work(cancellationToken);
}

/// <summary>How a run of a step ended.</summary>
public enum StepOutcome
{
    /// <summary>The work is done.</summary>
    Done,

    /// <summary>The work was not begun, because the clock is not trusted.</summary>
    Held,

    /// <summary>The work threw an exception.</summary>
    Failed,
}
