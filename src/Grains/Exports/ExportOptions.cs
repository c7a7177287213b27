using System.ComponentModel.DataAnnotations;

namespace Scoring.Exports;

/// <summary>Limits of reading an archive's pages.</summary>
public sealed class ExportOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Exports";

    /// <summary>Entries in one page. Default 1000.</summary>
    [Range(1, 10_000)]
    public int PageEntries { get; set; } = 1000;

    /// <summary>Turns looked through at once for entries of a kind. Default 50000.</summary>
    [Range(100, 1_000_000)]
    public int ScanTurns { get; set; } = 50_000;
}
