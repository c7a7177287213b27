using System.Collections.Immutable;

namespace Scoring.Enrolments;

/// <summary>A linked handle; the handle itself is stored nowhere.</summary>
/// <param name="Id">An opaque name.</param>
/// <param name="Source">The source that uses it.</param>
/// <param name="Since">Events from this instant on count.</param>
[GenerateSerializer, Immutable, Alias("scoring.handle-view")]
public sealed record HandleView(string Id, string Source, DateTimeOffset Since);

/// <summary>What became of a wish to link handles. Exactly one member is set.</summary>
/// <param name="Linked">All handles of the subject, the new ones among them.</param>
/// <param name="Refusal">Why not.</param>
[GenerateSerializer, Immutable, Alias("scoring.link-outcome")]
public sealed record LinkOutcome(ImmutableArray<HandleView>? Linked, LinkRefusal? Refusal);

/// <summary>Why handles are not linked.</summary>
public enum LinkRefusal
{
    /// <summary>No such subject of this participant.</summary>
    SubjectUnknown = 1,

    /// <summary>As <see cref="EnrolRefusal.ProofRefused"/>: one answer for every reason.</summary>
    ProofRefused = 2,

    /// <summary>The subject would have more than its greatest number of handles (default 16).</summary>
    TooManyHandles = 3,
}
