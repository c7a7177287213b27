using Scoring.Bench.Measuring;

namespace Scoring.Bench.Activations;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors platform, database and client share.</param>
/// <param name="Subjects">How many subjects were activated.</param>
/// <param name="Entries">How many events each has.</param>
/// <param name="Parallel">How many requests are sent concurrently.</param>
/// <param name="PerSecond">Subjects per second.</param>
/// <param name="MsP50">The median time of an answer, in milliseconds.</param>
/// <param name="MsP99">The 99th percentile of the time of an answer, in milliseconds.</param>
/// <param name="Errors">How many requests were not answered with 200.</param>
/// <param name="Wrong">How many answers have another score or tier than the subject's history gives.</param>
/// <param name="CpuUs">The processor time of an activation, in microseconds.</param>
public sealed record ActivateResult(
    string Bench, int Cores, int Subjects, int Entries, int Parallel, double PerSecond, double MsP50, double MsP99, int Errors,
    int Wrong, ProcessorUs CpuUs);
