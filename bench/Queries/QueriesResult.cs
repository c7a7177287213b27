using Scoring.Bench.Loads;
using Scoring.Bench.Measuring;

namespace Scoring.Bench.Queries;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors platform, database and client share.</param>
/// <param name="Subjects">How many subjects were queried in each phase.</param>
/// <param name="Entries">How many events each has.</param>
/// <param name="Parallel">How many requests are sent concurrently.</param>
/// <param name="Phases">The phases.</param>
public sealed record QueriesResult(string Bench, int Cores, int Subjects, int Entries, int Parallel, IReadOnlyList<QueryPhase> Phases);

/// <summary>Queries of one kind, one for each subject.</summary>
/// <param name="Phase">
/// <c>cold</c> for subjects that are not active, <c>warm</c> for active ones by grants that were not used before, <c>repeated</c> for the
/// same grants again, whose answers are known.
/// </param>
/// <param name="Queries">How many queries were answered.</param>
/// <param name="PerSecond">Answers per second.</param>
/// <param name="MsP50">The median time of an answer, in milliseconds.</param>
/// <param name="MsP99">The 99th percentile of the time of an answer, in milliseconds.</param>
/// <param name="Errors">How many queries were not answered with 200.</param>
/// <param name="Wrong">How many answers have another score or tier than the subject's history gives.</param>
/// <param name="CpuUs">The processor time of a query, in microseconds.</param>
public sealed record QueryPhase(
    string Phase, int Queries, double PerSecond, double MsP50, double MsP99, int Errors, int Wrong, ProcessorUs CpuUs)
{
    /// <summary>Returns the figures of a load.</summary>
    public static QueryPhase Of(string phase, LoadResult load, int wrong) => new(
        phase, load.Sent, load.PerSecond, load.MsP50, load.MsP99, load.Errors(200), wrong, load.Use.Per(load.Sent));
}
