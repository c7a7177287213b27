using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>A wish to enrol.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="RuleSet">Hash of the rule set shown, which must be the one in force.</param>
/// <param name="HandleProofs">JWS of sources, 1 to 16, each {handle, programme, sub, exp}.</param>
[GenerateSerializer, Immutable, Alias("scoring.enrol-request")]
public sealed record EnrolRequest(ProgrammeId Programme, string RuleSet, ImmutableArray<string> HandleProofs)
{
    /// <summary>
    /// The ordinal of a subject for which consent is given anew, to the version in force; then there are no proofs, and nothing else of
    /// the subject changes. <see langword="null"/> to enrol another one.
    /// </summary>
    [Id(0)]
    public int? Renews { get; init; }
}

/// <summary>What became of it. Exactly one member is set.</summary>
/// <param name="Enrolled">The new subject.</param>
/// <param name="Refusal">Why not.</param>
[GenerateSerializer, Immutable, Alias("scoring.enrol-outcome")]
public sealed record EnrolOutcome(EnrolledView? Enrolled, EnrolRefusal? Refusal);

/// <summary>Why an enrolment is refused.</summary>
public enum EnrolRefusal
{
    /// <summary>No such programme is published, or it is suspended.</summary>
    ProgrammeUnknown = 1,

    /// <summary>The rule set named is not the one in force: show the current one and ask again.</summary>
    RuleSetNotInForce = 2,

    /// <summary>
    /// A handle proof does not hold: forged, expired, of another source's key, for another person or programme, or already used. One
    /// answer for all of these.
    /// </summary>
    ProofRefused = 3,

    /// <summary>The participant has all <see cref="OwnSubject.OrdinalCount"/> subjects.</summary>
    TooManySubjects = 4,

    /// <summary>There is no subject of that ordinal whose consent could be renewed.</summary>
    SubjectUnknown = 5,
}

/// <summary>A new enrolment.</summary>
/// <param name="Ordinal">Its ordinal.</param>
/// <param name="Receipt">The signed consent record, a JWS in compact form.</param>
[GenerateSerializer, Immutable, Alias("scoring.enrolled-view")]
public sealed record EnrolledView(int Ordinal, string Receipt);
