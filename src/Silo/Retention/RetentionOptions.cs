using System.ComponentModel.DataAnnotations;

namespace Scoring.Retention;

/// <summary>How much is done at once when entries expire. When they do is the programmes' terms alone.</summary>
public sealed class RetentionOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Retention";

    /// <summary>Most rows looked at in one statement, without a lock. Default 5000; 100 to 20000, both included.</summary>
    [Range(100, 20_000)]
    public int ReadRowsMax { get; set; } = 5000;

    /// <summary>Most rows cleared in one transaction, under their partition's lock. Default 500; 1 to 5000, both included.</summary>
    [Range(1, 5000)]
    public int ClearRowsMax { get; set; } = 500;

    /// <summary>Most rows looked at in one sweep; the next goes on. Default 2000000; 1000 to 1000000000, both included.</summary>
    [Range(1000, 1_000_000_000)]
    public int SweepRowsMax { get; set; } = 2_000_000;
}
