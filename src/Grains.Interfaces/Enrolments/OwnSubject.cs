using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>Names a subject of a participant. It is the only way from a person to their subjects.</summary>
/// <param name="Participant">The signed-in participant's pairwise subject identifier.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Ordinal">The subject's ordinal among the participant's in the programme, 0 to 31.</param>
[GenerateSerializer, Immutable, Alias("scoring.own-subject")]
public sealed record OwnSubject(string Participant, ProgrammeId Programme, int Ordinal)
{
    /// <summary>The number of subjects that a participant may have in one programme.</summary>
    public const int OrdinalCount = 32;

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(OwnSubject);
}

/// <summary>A subject as its participant sees it.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Ordinal">Its ordinal, 0 to 31.</param>
/// <param name="RuleSet">Hash of the rule set that the participant consented to.</param>
/// <param name="Since">The day of enrolment, in the programme's zone.</param>
/// <param name="Handles">Its linked handles, oldest first.</param>
[GenerateSerializer, Immutable, Alias("scoring.subject-view")]
public sealed record SubjectView(
    ProgrammeId Programme, int Ordinal, string RuleSet, DateOnly Since, ImmutableArray<HandleView> Handles)
{
    /// <summary>
    /// Whether a wider version is in force than the one consented to. Until the participant renews consent, every answer is neutral and no
    /// event is accepted.
    /// </summary>
    [Id(0)]
    public bool Lapsed { get; init; }

    /// <summary>The notices of coming changes: published versions that are not in force yet.</summary>
    [Id(1)]
    public ImmutableArray<ComingChange> Coming { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>
    /// Whether the participant has paused everything. Until the participant lifts the pause, every answer is neutral and no event is
    /// accepted.
    /// </summary>
    [Id(2)]
    public bool Restricted { get; init; }
}

/// <summary>The notice of a coming change.</summary>
/// <param name="RuleSet">Number of the coming rule set.</param>
/// <param name="Hash">Its hash, 64 lower-case hexadecimal digits.</param>
/// <param name="FirstDay">Its first day in force, in the programme's zone.</param>
/// <param name="Summary">What it does, in plain words.</param>
/// <param name="Differences">The differences from the version before it, in words.</param>
/// <param name="AsksConsent">Whether consent lapses on that day. The participant can renew it from that day on.</param>
[GenerateSerializer, Immutable, Alias("scoring.coming-change")]
public sealed record ComingChange(
    int RuleSet, string Hash, DateOnly FirstDay, string Summary, ImmutableArray<string> Differences, bool AsksConsent);

/// <summary>A completed withdrawal.</summary>
/// <param name="Entries">The number of entries that were erased.</param>
[GenerateSerializer, Immutable, Alias("scoring.withdrawal-view")]
public sealed record WithdrawalView(long Entries)
{
    /// <summary>
    /// The signed record of the withdrawal, a JWS in compact form that names the consent's receipt. The platform does not store it.
    /// <see langword="null"/> when this call finished a withdrawal that another call began, because nothing is left to name.
    /// </summary>
    [Id(0)]
    public string? Receipt { get; init; }

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(WithdrawalView);
}
