namespace Scoring.Bench.PeerRuns;

/// <summary>The peers: what each does, and what it does not do that the platform does.</summary>
public static class PeerFacts
{
    /// <summary>The name of the platform in results.</summary>
    public const string Platform = "platform";

    private const string NothingElse = "no consent, no handle proof, no grant, no record of queries, no explanation, no proof, no erasure";

    /// <summary>The peers by name.</summary>
    public static IReadOnlyDictionary<string, PeerFact> Peers { get; } = new Dictionary<string, PeerFact>
    {
        ["orleans-state"] = new("OrleansState", $"{NothingElse}, no events: a mistake in the rules cannot be computed again"),
        ["orleans-journaled"] = new("OrleansJournaled", $"{NothingElse}, no events: this provider stores the latest state"),
        ["orleans-journaled-log"] = new("OrleansJournaledLog", $"{NothingElse}; each event writes the subject's whole log"),
        ["akka"] = new("Akka", NothingElse),
        ["minimal-api"] = new("MinimalApi", $"{NothingElse}; each score reads all events of the subject"),
    };

    /// <summary>Whether a peer is measured by default. The one that its own documentation does not want in production is not.</summary>
    public static bool IsDefault(string peer) => peer != "orleans-journaled-log";
}

/// <summary>A peer.</summary>
/// <param name="Kind">The value of the setting <c>Peer:Kind</c>.</param>
/// <param name="Lacks">What it does not do that the platform does.</param>
public sealed record PeerFact(string Kind, string Lacks);
