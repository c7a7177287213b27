using Scoring.Bench.Measuring;
using Scoring.City.Commands;

namespace Scoring.Bench.Loads;

/// <summary>The result of a load.</summary>
/// <param name="Answers">The answers, in the order of the requests.</param>
/// <param name="StartedAt">The timestamp of the first request.</param>
/// <param name="Took">The time from the first request to the last answer.</param>
/// <param name="Use">The processor time of client, platform and database, in seconds.</param>
public sealed record LoadResult(IReadOnlyList<LoadAnswer> Answers, long StartedAt, TimeSpan Took, ProcessorUse Use)
{
    /// <summary>The times of all requests that were sent, in milliseconds.</summary>
    public IReadOnlyList<double> Milliseconds { get; } =
        [.. Answers.Where(answer => answer.Status != LoadAnswer.NotSent).Select(answer => answer.Milliseconds)];

    /// <summary>How many requests were sent.</summary>
    public int Sent => Milliseconds.Count;

    /// <summary>Answered requests per second.</summary>
    public double PerSecond => Math.Round(Sent / Took.TotalSeconds);

    /// <summary>The median time of a request, in milliseconds.</summary>
    public double MsP50 => Math.Round(Percentiles.Of(Milliseconds, 50), 1);

    /// <summary>The 99th percentile of the time of a request, in milliseconds.</summary>
    public double MsP99 => Math.Round(Percentiles.Of(Milliseconds, 99), 1);

    /// <summary>Counts the answers with another status than the expected one.</summary>
    public int Errors(int expected) => Answers.Count(answer => answer.Status != expected && answer.Status != LoadAnswer.NotSent);

    /// <summary>Joins loads that were sent one after the other. The time between them does not count.</summary>
    public static LoadResult Join(IReadOnlyList<LoadResult> loads) => new(
        [.. loads.SelectMany(load => load.Answers)], loads[0].StartedAt, new TimeSpan(loads.Sum(load => load.Took.Ticks)),
        loads.Aggregate(default(ProcessorUse), (sum, load) => sum + load.Use));
}
