using System.Collections.Immutable;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>A programme's status and versions, derived from what the store holds now.</summary>
/// <param name="Programme">The programme, published or not.</param>
/// <param name="Published">Everything that is published.</param>
internal sealed record ProgrammeLifecycle(ProgrammeId Programme, PublishedState Published)
{
    /// <summary>All published documents.</summary>
    public DocumentSet Documents => Published.Documents;

    /// <summary>The programme's published versions in ascending numbers; empty when it has none.</summary>
    public ImmutableArray<ProgrammeVersion> Versions { get; } = Published.Documents.VersionsOf(Programme);

    /// <summary>Whether the programme has a published version.</summary>
    public bool IsPublished => !Versions.IsEmpty;

    /// <summary>Whether the programme is suspended.</summary>
    public bool IsSuspended => Published.Suspended.Contains(Programme);

    /// <summary>Whether the programme has ended.</summary>
    public bool IsEnded => Published.Ended.Contains(Programme);

    /// <summary>The status; an ended programme is <see cref="ProgrammeStatus.Ended"/> even when it was suspended before.</summary>
    public ProgrammeStatus Status =>
        !IsPublished ? ProgrammeStatus.Drafted
        : IsEnded ? ProgrammeStatus.Ended
        : IsSuspended ? ProgrammeStatus.Suspended
        : ProgrammeStatus.Published;
}
