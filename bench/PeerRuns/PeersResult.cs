using System.Globalization;
using Scoring.Bench.Measuring;

namespace Scoring.Bench.PeerRuns;

/// <summary>The result of the bench.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors the contender, database and client share.</param>
/// <param name="Subjects">How many subjects there are.</param>
/// <param name="Events">How many events were sent to each contender in each round.</param>
/// <param name="Batch">How many events a request holds.</param>
/// <param name="Parallel">How many requests are sent concurrently.</param>
/// <param name="Rounds">How many rounds.</param>
/// <param name="StoredKeys">How many keys of its last events a stored state has.</param>
/// <param name="Peers">The contenders, the platform first.</param>
public sealed record PeersResult(
    string Bench, int Cores, int Subjects, int Events, int Batch, int Parallel, int Rounds, int StoredKeys,
    IReadOnlyList<PeerResult> Peers)
{
    /// <summary>Writes the figures as tables for people.</summary>
    public void Write(TextWriter to)
    {
        Table.Write(
            to,
            [
                "peer", "events/s", "ratio", "p50 ms", "p99 ms", "µs: client", "process", "database", "queries/s", "p99 ms",
                "µs: process", "database",
            ],
            [.. Peers.Select(peer => (IReadOnlyList<string>)
            [
                peer.Peer, Text(peer.EventsPerSecond, "N0"), Text(peer.Ratio, "0.00"), Text(peer.MsP50, "N1"), Text(peer.MsP99, "N1"),
                Text(peer.EventCpuUs.Client, "N1"), Text(peer.EventCpuUs.Platform, "N1"), Text(peer.EventCpuUs.Database, "N1"),
                Text(peer.QueriesPerSecond, "N0"), Text(peer.QueryMsP99, "N1"), Text(peer.QueryCpuUs.Platform, "N1"),
                Text(peer.QueryCpuUs.Database, "N1"),
            ])]);
        to.WriteLine();
        Table.Write(
            to, ["peer", "wrong scores", "sent again", "counted twice", "accepted before kill -9", "lost", "unanswered", "ready after s"],
            [.. Peers.Select(peer => (IReadOnlyList<string>)
            [
                peer.Peer, Text(peer.Wrong, "N0"), Text(peer.Repeated, "N0"), Text(peer.CountedTwice, "N0"), Text(peer.Accepted, "N0"),
                Text(peer.Lost, "N0"), Text(peer.Unanswered, "N0"), Text(peer.ReadySeconds, "N1"),
            ])]);
        to.WriteLine();
        foreach (var peer in Peers.Where(peer => peer.Lacks.Length > 0)) to.WriteLine($"{peer.Peer}: {peer.Lacks}");
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>The figures of one contender.</summary>
/// <param name="Peer">Its name.</param>
/// <param name="EventsPerSecond">Accepted events per second over all rounds.</param>
/// <param name="Ratio">The same, divided by the platform's.</param>
/// <param name="MsP50">The median time of a request, in milliseconds.</param>
/// <param name="MsP99">The 99th percentile of the time of a request, in milliseconds.</param>
/// <param name="EventCpuUs">The processor time of an event, in microseconds; <c>platform</c> is the contender's process.</param>
/// <param name="QueriesPerSecond">Score queries per second over all rounds, each of another subject.</param>
/// <param name="QueryMsP99">The 99th percentile of the time of a query, in milliseconds.</param>
/// <param name="QueryCpuUs">The processor time of a query, in microseconds.</param>
/// <param name="Wrong">How many answers of the checked subjects have another score or tier than their events give.</param>
/// <param name="Repeated">How many accepted events were sent a second time.</param>
/// <param name="CountedTwice">How many of them count twice.</param>
/// <param name="Accepted">How many events were answered with 202 before the process was killed.</param>
/// <param name="Lost">How many of them do not count after the next start.</param>
/// <param name="Unanswered">How many requests had no answer when the process was killed.</param>
/// <param name="ReadySeconds">How long the next start took until the process was ready, in seconds.</param>
/// <param name="Lacks">What it does not do that the platform does.</param>
public sealed record PeerResult(
    string Peer, double EventsPerSecond, double Ratio, double MsP50, double MsP99, ProcessorUs EventCpuUs, double QueriesPerSecond,
    double QueryMsP99, ProcessorUs QueryCpuUs, int Wrong, int Repeated, long CountedTwice, long Accepted, long Lost, int Unanswered,
    double ReadySeconds, string Lacks);
