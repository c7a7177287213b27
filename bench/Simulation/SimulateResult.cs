namespace Scoring.Bench.Simulation;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Subjects">How many subjects were simulated.</param>
/// <param name="Entries">How many entries were folded, each under both rule sets.</param>
/// <param name="Partitions">How many partitions were folded, one after the other on one thread.</param>
/// <param name="FoldSeconds">The time of folding and counting, without the creation of the entries.</param>
/// <param name="EntriesPerSecond">Entries per second of that time.</param>
/// <param name="BytesPerEntry">Bytes allocated per entry in that time: the state of the folds.</param>
/// <param name="ReportMilliseconds">The time of the report with its examples.</param>
/// <param name="PeakMegabytes">The largest working set of the process, with the entries of one partition in memory.</param>
public sealed record SimulateResult(
    string Bench, int Subjects, long Entries, int Partitions, double FoldSeconds, double EntriesPerSecond, double BytesPerEntry,
    double ReportMilliseconds, long PeakMegabytes);
