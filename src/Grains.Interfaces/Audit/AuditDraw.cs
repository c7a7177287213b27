using System.Collections.Immutable;

namespace Scoring.Audit;

/// <summary>The outcome of a request about a draw. Exactly one member is set.</summary>
/// <param name="Draw">The draw.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.draw-outcome")]
public sealed record DrawOutcome(AuditDraw? Draw, AuditRefusal? Refusal);

/// <summary>A random draw of subjects for an audit.</summary>
/// <param name="Draw">An opaque name, 22 characters of base64url.</param>
/// <param name="Count">The number of subjects that was requested.</param>
/// <param name="AskedAfter">The number of the latest checkpoint at the request; 0 when there was none.</param>
/// <param name="FixedBy">The number of the checkpoint that decided the draw; <see langword="null"/> until it exists.</param>
/// <param name="Picks">The drawn subjects that have not left since, as places in the ledger, by number from 1.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-draw")]
public sealed record AuditDraw(string Draw, int Count, long AskedAfter, long? FixedBy, ImmutableArray<DrawPick> Picks)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(AuditDraw);
}

/// <summary>A drawn subject, named by a place in the ledger.</summary>
/// <param name="Pick">Its number in the draw, from 1.</param>
/// <param name="Candidate">The index of the candidate in the draw's sequence that led to it, from 0.</param>
/// <param name="Partition">The partition of the place.</param>
/// <param name="Position">The position of the place.</param>
[GenerateSerializer, Immutable, Alias("scoring.draw-pick")]
public sealed record DrawPick(int Pick, long Candidate, int Partition, long Position)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(DrawPick);
}
