using System.ComponentModel.DataAnnotations;

namespace Scoring.Exports;

/// <summary>Limits of the pages of an archive.</summary>
public sealed class ExportOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Exports";

    /// <summary>Greatest number of entries in one page of an archive. Default 1000; 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int PageEntries { get; set; } = 1000;

    /// <summary>
    /// Number of turns that one page of an archive searches for entries of certain kinds. Default 50,000; 100 to 1,000,000.
    /// </summary>
    [Range(100, 1_000_000)]
    public int ScanTurns { get; set; } = 50_000;
}
