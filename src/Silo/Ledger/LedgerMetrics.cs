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

    public static readonly Counter<long> Conflicts =
        Meter.CreateCounter<long>(
            "scoring.ledger.conflicts", "{conflict}", "Rows that a constraint refused after their decision: defects.");

    public static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("scoring.ledger.refused", "{request}", "Appends refused because a limit was reached.");
}
