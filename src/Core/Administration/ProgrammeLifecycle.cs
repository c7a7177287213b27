using System.Collections.Immutable;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>How a programme stands by what the store holds now.</summary>
internal sealed record ProgrammeLifecycle(ProgrammeId Programme, PublishedState Published)
{
    public DocumentSet Documents => Published.Documents;

    public ImmutableArray<ProgrammeVersion> Versions { get; } = Published.Documents.VersionsOf(Programme);

    public bool IsPublished => !Versions.IsEmpty;

    public bool IsSuspended => Published.Suspended.Contains(Programme);

    public bool IsEnded => Published.Ended.Contains(Programme);

    public ProgrammeStatus Status =>
        !IsPublished ? ProgrammeStatus.Drafted
        : IsEnded ? ProgrammeStatus.Ended
        : IsSuspended ? ProgrammeStatus.Suspended
        : ProgrammeStatus.Published;
}
