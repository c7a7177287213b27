namespace Scoring.Client;

/// <summary>A request to draw a sample.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Count">How many subjects to draw, at least 1.</param>
public sealed record DrawRequest(string Case, int Count);

/// <summary>A random draw of subjects for an audit.</summary>
/// <param name="Draw">An opaque name, 22 characters of base64url.</param>
/// <param name="Count">The number of subjects that was requested.</param>
/// <param name="AskedAfter">The number of the latest checkpoint at the request; 0 when there was none.</param>
/// <param name="FixedBy">The number of the checkpoint that decided the draw; <see langword="null"/> until it exists.</param>
/// <param name="Picks">The drawn subjects that have not left since, as places in the ledger, by number from 1.</param>
public sealed record AuditDraw(string Draw, int Count, long AskedAfter, long? FixedBy, IReadOnlyList<DrawPick> Picks);

/// <summary>A drawn subject, named by a place in the ledger.</summary>
/// <param name="Pick">Its number in the draw, from 1.</param>
/// <param name="Candidate">The index of the candidate in the draw's sequence that led to it, from 0.</param>
/// <param name="Partition">The partition of the place.</param>
/// <param name="Position">The position of the place.</param>
public sealed record DrawPick(int Pick, long Candidate, int Partition, long Position);
