using Scoring.Bench.Measuring;

namespace Scoring.Bench.Rebuilds;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors platform, database and bench share.</param>
/// <param name="Subjects">How many subjects were folded.</param>
/// <param name="Entries">How many entries were folded, enrolments and handles included.</param>
/// <param name="Parallel">How many subjects were folded concurrently.</param>
/// <param name="EntriesPerSecond">Entries per second.</param>
/// <param name="SubjectsPerSecond">Subjects per second.</param>
/// <param name="MsP50">The median time of a subject, in milliseconds.</param>
/// <param name="MsP99">The 99th percentile of the time of a subject, in milliseconds.</param>
/// <param name="CpuUs">The processor time of an entry, in microseconds. The bench calls from the platform's process.</param>
public sealed record RebuildResult(
    string Bench, int Cores, int Subjects, long Entries, int Parallel, double EntriesPerSecond, double SubjectsPerSecond, double MsP50,
    double MsP99, ProcessorUs CpuUs);
