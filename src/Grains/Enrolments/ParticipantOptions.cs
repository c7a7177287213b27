using System.ComponentModel.DataAnnotations;

namespace Scoring.Enrolments;

/// <summary>Limits of participants' requests.</summary>
public sealed class ParticipantOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Participants";

    /// <summary>
    /// The identifier of this installation, which a handle proof names as its audience: a URI of the operator's, at most 255 characters.
    /// Empty by default: then every proof with an audience is refused.
    /// </summary>
    [RegularExpression("^[!-~]{0,255}$")]
    public string Installation { get; set; } = "";

    /// <summary>
    /// Whether handle proofs without an audience are accepted. Default true, for one release, until every source sends the audience.
    /// </summary>
    public bool ProofsWithoutAudience { get; set; } = true;

    /// <summary>Greatest number of handle proofs in one request. Default 16; 1 to 64.</summary>
    [Range(1, 64)]
    public int ProofsMax { get; set; } = 16;

    /// <summary>Greatest length of one handle proof in characters. Default 4096; 256 to 65,536.</summary>
    [Range(256, 65_536)]
    public int ProofCharsMax { get; set; } = 4096;

    /// <summary>Greatest number of seconds from a proof's issue to its expiry. Default 600; 1 to 3600.</summary>
    [Range(1, 3600)]
    public int ProofLifetimeSecondsMax { get; set; } = 600;

    /// <summary>Seconds by which a source's clock may be ahead of the machine's clock. Default 30; 0 to 300.</summary>
    [Range(0, 300)]
    public int ProofSkewSeconds { get; set; } = 30;

    /// <summary>Greatest number of handles of one subject, at enrolment too. Default 16; 1 to 256.</summary>
    [Range(1, 256)]
    public int HandlesMax { get; set; } = 16;

    /// <summary>Greatest number of grants of one subject that have not ended and are not used up. Default 64; 1 to 1024.</summary>
    [Range(1, 1024)]
    public int GrantsMax { get; set; } = 64;

    /// <summary>
    /// Number of attempts to make a withdrawn subject's grain drop its memory before the erasure is left to the sweeper. Default 3; 1 to
    /// 10.
    /// </summary>
    [Range(1, 10)]
    public int ForgetAttemptsMax { get; set; } = 3;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!ProofsWithoutAudience && Installation.Length == 0)
            yield return new ValidationResult("Participants:Installation is required when ProofsWithoutAudience is false.");
    }
}
