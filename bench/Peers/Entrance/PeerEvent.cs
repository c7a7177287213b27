namespace Scoring.Peers.Entrance;

/// <summary>One event, as every peer stores it.</summary>
/// <param name="Handle">The handle of the subject that it is about.</param>
/// <param name="Key">The first 16 bytes of SHA-256 over source and id.</param>
/// <param name="Day">Its day in the programme's zone.</param>
/// <param name="Body">Type and attributes as JSON, in the form that the fold reads.</param>
[GenerateSerializer, Immutable, Alias("peers.event")]
public sealed record PeerEvent(string Handle, Guid Key, DateOnly Day, byte[] Body);
