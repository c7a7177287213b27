using Scoring.Exports;

namespace Scoring.Audit;

/// <summary>The services that the results of auditors' routes need.</summary>
internal sealed record HistoryDependencies(
    IGrainFactory Grains, ExportLimiter Limiter, ArchiveFormat Format, ILogger<HistoryArchiveResult> Log);
