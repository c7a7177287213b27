namespace Scoring.Bench.Freshness;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors platform, database and clients share.</param>
/// <param name="Subjects">How many subjects are enrolled and active.</param>
/// <param name="Streams">How many live streams are open.</param>
/// <param name="Rate">Events per second that the load should have.</param>
/// <param name="ReachedPerSecond">Events per second that were accepted.</param>
/// <param name="Errors">How many requests of the load were not answered with 202.</param>
/// <param name="Events">How many events were measured.</param>
/// <param name="SentToAccepted">From sending the event to its 202.</param>
/// <param name="SentToNotice">From sending the event until the stream shows it.</param>
/// <param name="AcceptedToNotice">From the 202 until the stream shows the event; 0 when the stream was sooner.</param>
public sealed record FreshnessResult(
    string Bench, int Cores, int Subjects, int Streams, int Rate, double ReachedPerSecond, int Errors, int Events,
    FreshnessTime SentToAccepted, FreshnessTime SentToNotice, FreshnessTime AcceptedToNotice);

/// <summary>A time in milliseconds.</summary>
/// <param name="MsP50">The median.</param>
/// <param name="MsP99">The 99th percentile.</param>
/// <param name="MsMax">The greatest.</param>
public sealed record FreshnessTime(double MsP50, double MsP99, double MsMax);
