using System.ComponentModel.DataAnnotations;

namespace Scoring.Streams;

/// <summary>How the ledger is followed.</summary>
public sealed class LedgerStreamOptions
{
    /// <summary>Rows that one slice spans at most. Default 2000.</summary>
    [Range(1, 20_000)]
    public int SliceRowsMax { get; set; } = 2000;

    /// <summary>Milliseconds that a reading waits for the ledger to grow. Default 1000.</summary>
    [Range(10, 30_000)]
    public int WaitMs { get; set; } = 1000;

    /// <summary>Milliseconds from an idle reading to the next. Default 10.</summary>
    [Range(1, 10_000)]
    public int IdleMs { get; set; } = 10;

    /// <summary>
    /// Seconds for which a slice that the partition grain does not take is tried again before it is given up. Default 60.
    /// </summary>
    [Range(1, 600)]
    public int DeliverySecondsMax { get; set; } = 60;
}
