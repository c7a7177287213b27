using System.Diagnostics.Metrics;
using Scoring.Hosting;

namespace Scoring.Metrics;

/// <summary>
/// The metrics that <see cref="MetricsService"/> looks at. What the database holds is the same in every silo, so silos are not added up.
/// </summary>
internal static class BacklogMetrics
{
    public static readonly Gauge<long> ErasuresOpen = ScoringMeter.Gauge(
        "scoring.erasures.open", "{erasure}", "Withdrawals that are not complete, of all silos, at most Metrics:CountMax.");

    public static readonly Gauge<double> ErasuresAge = ScoringMeter.Age(
        "scoring.erasures.age", "Time since the oldest open erasure was first seen open, of all silos; 0 without one.");

    public static readonly Gauge<long> ContestsOverdue = ScoringMeter.Gauge(
        "scoring.contests.overdue", "{contest}",
        "Contests whose due day is over in every time zone and that are not recorded as upheld, of all silos, at most Metrics:CountMax.");

    public static readonly Gauge<long> Connections = ScoringMeter.Gauge(
        "scoring.database.connection.count", "{connection}",
        "Connections to PostgreSQL, idle or used. The pool other is that of membership and grain storage.", "pool", "state");

    public static readonly Gauge<long> ConnectionsMax = ScoringMeter.Gauge(
        "scoring.database.connection.max", "{connection}", "The greatest number of connections of a pool.", "pool");

    public static readonly Gauge<double> KeyAge = ScoringMeter.Age(
        "scoring.keys.age", "Time since the key file was written, as a new signing key is.");
}
