using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>One's own subject: the only way from a person to it.</summary>
/// <param name="Participant">The signed-in participant's pairwise subject identifier.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Ordinal">0 to 31.</param>
[GenerateSerializer, Immutable, Alias("scoring.own-subject")]
public sealed record OwnSubject(string Participant, ProgrammeId Programme, int Ordinal)
{
    /// <summary>How many subjects a participant may have in one programme.</summary>
    public const int OrdinalCount = 32;
}

/// <summary>A subject as its participant sees it.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Ordinal">Its ordinal.</param>
/// <param name="RuleSet">Hash of the rule set consented to.</param>
/// <param name="Since">The day of enrolment, in the programme's zone.</param>
/// <param name="Handles">Its handles.</param>
[GenerateSerializer, Immutable, Alias("scoring.subject-view")]
public sealed record SubjectView(
    ProgrammeId Programme, int Ordinal, string RuleSet, DateOnly Since, ImmutableArray<HandleView> Handles)
{
    /// <summary>
    /// Whether a wider version is in force than was consented to: every answer is neutral and no event taken until consent is renewed.
    /// </summary>
    [Id(0)]
    public bool Lapsed { get; init; }

    /// <summary>Published versions that are not in force yet: the notice of each coming change.</summary>
    [Id(1)]
    public ImmutableArray<ComingChange> Coming { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether the participant has paused everything: every answer is neutral and no event taken until they lift it.</summary>
    [Id(2)]
    public bool Restricted { get; init; }
}

/// <summary>The notice of a change to come.</summary>
/// <param name="RuleSet">Number of the coming rule set.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="FirstDay">Its first day, in the programme's zone.</param>
/// <param name="Summary">What it does, in plain words.</param>
/// <param name="Differences">What differs from the version before, in words.</param>
/// <param name="AsksConsent">Whether consent lapses on that day unless it is renewed from that day on.</param>
[GenerateSerializer, Immutable, Alias("scoring.coming-change")]
public sealed record ComingChange(
    int RuleSet, string Hash, DateOnly FirstDay, string Summary, ImmutableArray<string> Differences, bool AsksConsent);

/// <summary>A completed withdrawal.</summary>
/// <param name="Entries">How many entries were erased.</param>
[GenerateSerializer, Immutable, Alias("scoring.withdrawal-view")]
public sealed record WithdrawalView(long Entries)
{
    /// <summary>
    /// The signed record of the withdrawal, a JWS in compact form that names the consent's receipt; stored nowhere.
    /// <see langword="null"/> when this call finished what another began, and so had nothing left to name.
    /// </summary>
    [Id(0)]
    public string? Receipt { get; init; }
}
