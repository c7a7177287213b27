using System.ComponentModel.DataAnnotations;

namespace Scoring.Retention;

/// <summary>Limits of the work of expiring entries. Only the programmes' terms decide when an entry expires.</summary>
public sealed class RetentionOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Retention";

    /// <summary>Most rows read in one statement, without a lock. Default 5000; 100 to 20000, both included.</summary>
    [Range(100, 20_000)]
    public int ReadRowsMax { get; set; } = 5000;

    /// <summary>Most rows cleared in one transaction, under their partition's lock. Default 500; 1 to 5000, both included.</summary>
    [Range(1, 5000)]
    public int ClearRowsMax { get; set; } = 500;

    /// <summary>Most rows read in one sweep; the next sweep continues. Default 2000000; 1000 to 1000000000, both included.</summary>
    [Range(1000, 1_000_000_000)]
    public int SweepRowsMax { get; set; } = 2_000_000;
}
