namespace Scoring.Bench.Memory;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors the platform has.</param>
/// <param name="Subjects">How many subjects became active.</param>
/// <param name="Entries">How many events each has.</param>
/// <param name="ManagedBytesPerSubject">By how much the live managed memory grew, for each subject.</param>
/// <param name="ResidentBytesPerSubject">By how much the resident memory of the process grew, for each subject.</param>
/// <param name="ManagedBytes">The live managed memory with all subjects active.</param>
/// <param name="ResidentBytes">The resident memory with all subjects active.</param>
public sealed record MemoryResult(
    string Bench, int Cores, int Subjects, int Entries, double ManagedBytesPerSubject, double ResidentBytesPerSubject, long ManagedBytes,
    long ResidentBytes);
