using System.Diagnostics.Metrics;
using System.Globalization;
using Scoring.Hosting;

namespace Scoring.Ledger;

/// <summary>
/// The metrics of writer and readers. Only the count of entries depends on who is enrolled, and the ledger itself shows that count.
/// </summary>
internal static class LedgerMetrics
{
    public static readonly Histogram<double> FlushSeconds = ScoringMeter.Durations(
        "scoring.ledger.flush.duration", "Time of one commit of a lane.",
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], "lane");

    public static readonly Histogram<long> FlushRows = ScoringMeter.Sizes(
        "scoring.ledger.flush.rows", "{row}", "Rows in one commit of a lane.", [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]);

    public static readonly Gauge<long> Backlog = ScoringMeter.Gauge(
        "scoring.ledger.backlog", "{row}", "Rows that wait for a lane's commit or are in it.", "lane");

    public static readonly Counter<long> Appended =
        ScoringMeter.Counter("scoring.ledger.appended", "{entry}", "Entries written by the lanes.");

    public static readonly Counter<long> Decided = ScoringMeter.Counter(
        "scoring.ledger.decided", "{entry}", "Entries that the writer decided from what it remembers, and the database found right.");

    public static readonly Counter<long> Unproven = ScoringMeter.Counter(
        "scoring.ledger.unproven", "{row}", "Rows that the database decided because another writer had changed their partition.");

    public static readonly Counter<long> Repeated = ScoringMeter.Counter(
        "scoring.ledger.repeated", "{flush}", "Flushes that the database decided because a key was repeated after a long time.");

    public static readonly Counter<long> Routed = ScoringMeter.Counter(
        "scoring.ledger.routed", "{row}", "Rows that the silo gave to the owners of their partitions.");

    public static readonly Counter<long> FallenBack = ScoringMeter.Counter(
        "scoring.ledger.fallen_back", "{row}", "Rows that the silo wrote because the owner of their partition did not answer.");

    public static readonly Counter<long> Conflicts = ScoringMeter.Counter(
        "scoring.ledger.conflicts", "{conflict}", "Rows that a constraint refused after their decision: defects.");

    public static readonly Counter<long> Refused = ScoringMeter.Counter(
        "scoring.ledger.refused", "{request}", "Appends refused because a limit was reached.");

    public static readonly Histogram<long> HistorySubjects = ScoringMeter.Sizes(
        "scoring.ledger.history.subjects", "{subject}", "Subjects whose histories one statement read, decoys included.",
        [1, 2, 4, 8, 16, 32, 64, 128]);

    /// <summary>The tag of a lane, made once for each lane.</summary>
    public static KeyValuePair<string, object?> Lane(int number) => new("lane", number.ToString(CultureInfo.InvariantCulture));
}
