using System.Diagnostics.Metrics;

namespace Scoring.Ledger;

/// <summary>
/// The metrics of the writer. Only the count of entries depends on who is enrolled, and the ledger itself shows that count.
/// </summary>
internal static class LedgerMetrics
{
    private static readonly Meter Meter = new("Scoring");

    public static readonly Histogram<double> FlushSeconds =
        Meter.CreateHistogram<double>("scoring.ledger.flush.duration", "s", "Time of one commit of a lane.");

    public static readonly Histogram<long> FlushRows =
        Meter.CreateHistogram<long>("scoring.ledger.flush.rows", "{row}", "Rows in one commit of a lane.");

    public static readonly Counter<long> Appended =
        Meter.CreateCounter<long>("scoring.ledger.appended", "{entry}", "Entries written by the lanes.");

    public static readonly Counter<long> Decided =
        Meter.CreateCounter<long>(
            "scoring.ledger.decided", "{entry}", "Entries that the writer decided from what it remembers, and the database found right.");

    public static readonly Counter<long> Unproven =
        Meter.CreateCounter<long>(
            "scoring.ledger.unproven", "{row}", "Rows that the database decided because another writer had changed their partition.");

    public static readonly Counter<long> Repeated =
        Meter.CreateCounter<long>(
            "scoring.ledger.repeated", "{flush}", "Flushes that the database decided because a key was repeated after a long time.");

    public static readonly Counter<long> Routed =
        Meter.CreateCounter<long>("scoring.ledger.routed", "{row}", "Rows that the silo gave to the owners of their partitions.");

    public static readonly Counter<long> FallenBack =
        Meter.CreateCounter<long>(
            "scoring.ledger.fallen_back", "{row}", "Rows that the silo wrote because the owner of their partition did not answer.");

    public static readonly Counter<long> Conflicts =
        Meter.CreateCounter<long>(
            "scoring.ledger.conflicts", "{conflict}", "Rows that a constraint refused after their decision: defects.");

    public static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("scoring.ledger.refused", "{request}", "Appends refused because a limit was reached.");
}
