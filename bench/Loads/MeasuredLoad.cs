using System.Diagnostics;
using Scoring.Bench.Measuring;

namespace Scoring.Bench.Loads;

/// <summary>A load, and what was read before its first request and after its last answer.</summary>
/// <param name="Answers">The answers, in the order of the requests.</param>
/// <param name="StartedAt">The timestamp of the first request.</param>
/// <param name="Took">The time from the first request to the last answer.</param>
/// <param name="Before">What was read before.</param>
/// <param name="After">What was read afterwards.</param>
public sealed record MeasuredLoad<T>(IReadOnlyList<LoadAnswer> Answers, long StartedAt, TimeSpan Took, T Before, T After)
{
    /// <summary>Returns the load's result with the processor time that it used.</summary>
    public LoadResult Result(ProcessorUse use) => new(Answers, StartedAt, Took, use);
}

/// <summary>Sends loads.</summary>
public static class MeasuredLoad
{
    /// <summary>Sends a load from a process of its own.</summary>
    /// <param name="plan">What is sent.</param>
    /// <param name="read">Reads what is measured; it gets the processor time of the load process so far, in seconds.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <param name="settle">Waits for work that goes on after the last answer.</param>
    public static async Task<MeasuredLoad<T>> Send<T>(
        LoadPlan plan, Func<double, T> read, CancellationToken cancellationToken,
        Func<IReadOnlyList<LoadAnswer>, Task>? settle = null)
    {
        await using var load = await LoadProcess.Start(plan, cancellationToken);
        GC.Collect();
        var before = read(load.ProcessorSeconds);
        var startedAt = Stopwatch.GetTimestamp();
        var (answers, took) = await load.Run(cancellationToken);
        if (settle is not null) await settle(answers);
        return new MeasuredLoad<T>(answers, startedAt, took, before, read(load.ProcessorSeconds));
    }
}
