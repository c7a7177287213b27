using System.ComponentModel.DataAnnotations;

namespace Scoring.Streams;

/// <summary>Limits and pauses of the ledger's stream.</summary>
public sealed class LedgerStreamOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Streams";

    /// <summary>Most rows in one slice. Default 2000; 1 to 20000, both included.</summary>
    [Range(1, 20_000)]
    public int SliceRowsMax { get; set; } = 2000;

    /// <summary>Milliseconds that a read waits for the ledger to grow. Default 1000; 10 to 30000, both included.</summary>
    [Range(10, 30_000)]
    public int WaitMs { get; set; } = 1000;

    /// <summary>Milliseconds between a read without a slice and the next read. Default 10; 1 to 10000, both included.</summary>
    [Range(1, 10_000)]
    public int IdleMs { get; set; } = 10;

    /// <summary>Seconds for which the delivery of a slice is retried before it is given up. Default 60; 1 to 600, both included.</summary>
    [Range(1, 600)]
    public int DeliverySecondsMax { get; set; } = 60;
}
