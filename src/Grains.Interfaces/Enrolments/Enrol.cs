using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>A request to enrol a subject, or to renew the consent of one.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="RuleSet">Hash of the rule set that the participant was shown. It must be the one in force.</param>
/// <param name="HandleProofs">1 to 16 JWS of sources, each with the claims handle, programme, sub, iat and exp.</param>
[GenerateSerializer, Immutable, Alias("scoring.enrol-request")]
public sealed record EnrolRequest(ProgrammeId Programme, string RuleSet, ImmutableArray<string> HandleProofs)
{
    /// <summary>
    /// The ordinal of the subject whose consent is renewed, to the version in force. Then there must be no proofs, and nothing else of the
    /// subject changes. <see langword="null"/> to enrol a new subject.
    /// </summary>
    [Id(0)]
    public int? Renews { get; init; }

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(EnrolRequest);
}

/// <summary>The outcome of a request to enrol. Exactly one member is set.</summary>
/// <param name="Enrolled">The enrolled subject.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.enrol-outcome")]
public sealed record EnrolOutcome(EnrolledView? Enrolled, EnrolRefusal? Refusal);

/// <summary>Why an enrolment is refused.</summary>
public enum EnrolRefusal
{
    /// <summary>No such programme is published, or it is suspended.</summary>
    ProgrammeUnknown = 1,

    /// <summary>The named rule set is not the one in force. Show the current one to the participant and send the request again.</summary>
    RuleSetNotInForce = 2,

    /// <summary>
    /// A handle proof is invalid: forged, expired, signed by another source's key, for another person or programme, or already used. All
    /// reasons get this one answer.
    /// </summary>
    ProofRefused = 3,

    /// <summary>The participant has 32 subjects in the programme, the most there can be.</summary>
    TooManySubjects = 4,

    /// <summary>The participant has no subject of that ordinal whose consent could be renewed.</summary>
    SubjectUnknown = 5,
}

/// <summary>An enrolled subject, or one whose consent was renewed.</summary>
/// <param name="Ordinal">Its ordinal among the participant's subjects in the programme, 0 to 31.</param>
/// <param name="Receipt">The signed consent record, a JWS in compact form.</param>
[GenerateSerializer, Immutable, Alias("scoring.enrolled-view")]
public sealed record EnrolledView(int Ordinal, string Receipt)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(EnrolledView);
}
