using Scoring.Bench.Measuring;

namespace Scoring.Bench.Enrolments;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors platform, database and client share.</param>
/// <param name="Subjects">How many subjects enrolled.</param>
/// <param name="Parallel">How many requests are sent concurrently.</param>
/// <param name="PerSecond">Enrolments per second, without the time of signing tokens and proofs.</param>
/// <param name="MsP50">The median time of an enrolment, in milliseconds.</param>
/// <param name="MsP99">The 99th percentile of the time of an enrolment, in milliseconds.</param>
/// <param name="Errors">How many requests were not answered with 201.</param>
/// <param name="CpuUs">The processor time of an enrolment, in microseconds.</param>
/// <param name="SignCpuUs">
/// The client's processor time to sign one token and one proof, in microseconds. It is no part of the other figures.
/// </param>
public sealed record EnrolResult(
    string Bench, int Cores, long Subjects, int Parallel, double PerSecond, double MsP50, double MsP99, int Errors, ProcessorUs CpuUs,
    double SignCpuUs);
