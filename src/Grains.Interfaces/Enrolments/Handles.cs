using System.Collections.Immutable;

namespace Scoring.Enrolments;

/// <summary>A linked handle. The platform stores only its keyed hash.</summary>
/// <param name="Id">An opaque id, by which it is listed and unlinked.</param>
/// <param name="Source">The source that uses it.</param>
/// <param name="Since">The handle's start: only events at or after this instant count.</param>
[GenerateSerializer, Immutable, Alias("scoring.handle-view")]
public sealed record HandleView(string Id, string Source, DateTimeOffset Since)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(HandleView);
}

/// <summary>The outcome of a request to link handles. Exactly one member is set.</summary>
/// <param name="Linked">All handles of the subject, with the new ones.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.link-outcome")]
public sealed record LinkOutcome(ImmutableArray<HandleView>? Linked, LinkRefusal? Refusal);

/// <summary>Why a request to link handles is refused.</summary>
public enum LinkRefusal
{
    /// <summary>The participant has no such subject.</summary>
    SubjectUnknown = 1,

    /// <summary>A handle proof is invalid, as in a request to enrol. All reasons get this one answer.</summary>
    ProofRefused = 2,

    /// <summary>The subject would have more than its greatest number of handles (default 16).</summary>
    TooManyHandles = 3,
}
