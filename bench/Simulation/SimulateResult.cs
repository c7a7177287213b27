using System.Text.Json;

namespace Scoring.Bench.Simulation;

/// <summary>What the bench prints, one line of JSON.</summary>
/// <param name="Bench">Its name.</param>
/// <param name="Subjects">Subjects simulated.</param>
/// <param name="Entries">Entries folded, each on both sides.</param>
/// <param name="Partitions">Partitions, one after the other on one thread.</param>
/// <param name="FoldSeconds">Folding and counting, without making the entries up.</param>
/// <param name="EntriesPerSecond">Entries in a second of that.</param>
/// <param name="BytesPerEntry">Memory allocated meanwhile, an entry: the folds' state.</param>
/// <param name="ReportMilliseconds">Making the report, with its examples.</param>
/// <param name="PeakMegabytes">The process's greatest working set, with one partition's entries in memory.</param>
public sealed record SimulateResult(
    string Bench, int Subjects, long Entries, int Partitions, double FoldSeconds, double EntriesPerSecond, double BytesPerEntry,
    double ReportMilliseconds, long PeakMegabytes)
{
    /// <summary>The line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
