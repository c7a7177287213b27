namespace Scoring.Peers.Entrance;

/// <summary>One way to keep scores.</summary>
public interface IScorer
{
    /// <summary>Counts events. Returns when PostgreSQL has committed all of them.</summary>
    Task Add(IReadOnlyList<PeerEvent> events);

    /// <summary>Reads the score of a subject on the current day.</summary>
    Task<PeerScore> Read(string handle);
}

/// <summary>A score, as a peer answers it.</summary>
/// <param name="Score">The score.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Events">How many events it counts.</param>
[GenerateSerializer, Immutable, Alias("peers.score")]
public sealed record PeerScore(long Score, string Tier, long Events);
