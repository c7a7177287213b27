using System.ComponentModel.DataAnnotations;

namespace Scoring.Enrolments;

/// <summary>Limits of what a participant may do.</summary>
public sealed class ParticipantOptions
{
    /// <summary>Handle proofs in one enrolment. Default 16.</summary>
    [Range(1, 64)]
    public int ProofsMax { get; set; } = 16;

    /// <summary>Characters of one handle proof. Default 4096.</summary>
    [Range(256, 65_536)]
    public int ProofCharsMax { get; set; } = 4096;

    /// <summary>Seconds from a proof's issue to its expiry. Default 600.</summary>
    [Range(1, 3600)]
    public int ProofLifetimeSecondsMax { get; set; } = 600;

    /// <summary>Seconds by which a source's clock may go ahead of ours. Default 30.</summary>
    [Range(0, 300)]
    public int ProofSkewSeconds { get; set; } = 30;

    /// <summary>Handles of one subject, at enrolment too. Default 16.</summary>
    [Range(1, 256)]
    public int HandlesMax { get; set; } = 16;

    /// <summary>Standing grants of one subject. Default 64.</summary>
    [Range(1, 1024)]
    public int GrantsMax { get; set; } = 64;

    /// <summary>Times that a withdrawn subject's grain is told to forget before its erasure is left to the sweeper. Default 3.</summary>
    [Range(1, 10)]
    public int ForgetAttemptsMax { get; set; } = 3;
}
