using System.ComponentModel.DataAnnotations;

namespace Scoring.Ledger;

/// <summary>Limits of delivering entries to active subjects.</summary>
public sealed class PartitionOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Partitions";

    /// <summary>Seconds for which a subject stays registered without a renewal. Default 600; 1 to 86,400.</summary>
    [Range(1, 86_400)]
    public int LeaseSeconds { get; set; } = 600;

    /// <summary>Greatest number of subjects that get entries concurrently. Default 512; 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int DeliveriesMax { get; set; } = 512;

    /// <summary>Milliseconds after which a subject that has not answered loses its registration. Default 5000; 10 to 20,000.</summary>
    [Range(10, 20_000)]
    public int DeliveryTimeoutMs { get; set; } = 5000;

    /// <summary>
    /// Greatest number of rows of a hole in the stream that the partition reads from the ledger. Subjects read older rows themselves.
    /// Default 20,000; 0 to 1,000,000.
    /// </summary>
    [Range(0, 1_000_000)]
    public int HoleRowsMax { get; set; } = 20_000;

    /// <summary>Rows in one read that fills a hole. Default 2000; 1 to 20,000.</summary>
    [Range(1, 20_000)]
    public int HolePageRows { get; set; } = 2000;
}
