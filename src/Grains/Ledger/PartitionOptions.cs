using System.ComponentModel.DataAnnotations;

namespace Scoring.Ledger;

/// <summary>Limits of handing entries over to awake subjects.</summary>
public sealed class PartitionOptions
{
    /// <summary>Seconds for which a subject stays registered without renewing. Default 600.</summary>
    [Range(1, 86_400)]
    public int LeaseSeconds { get; set; } = 600;

    /// <summary>Subjects that are handed entries at one time. Default 512.</summary>
    [Range(1, 10_000)]
    public int DeliveriesMax { get; set; } = 512;

    /// <summary>Milliseconds after which a subject that has not answered is struck off. Default 5000.</summary>
    [Range(10, 20_000)]
    public int DeliveryTimeoutMs { get; set; } = 5000;

    /// <summary>
    /// Rows of a hole in the stream that are read from the ledger; what is before is left to the subjects. Default 20,000.
    /// </summary>
    [Range(0, 1_000_000)]
    public int HoleRowsMax { get; set; } = 20_000;

    /// <summary>Rows read at once to fill a hole. Default 2000.</summary>
    [Range(1, 20_000)]
    public int HolePageRows { get; set; } = 2000;
}
