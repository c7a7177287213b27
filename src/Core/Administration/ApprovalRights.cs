using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>
/// Decides whether an administrator may approve. Grains decide by it, and lists and inboxes show it, so that no list promises what a grain
/// refuses.
/// </summary>
internal static class ApprovalRights
{
    /// <summary>The approvals that publish a draft, and those that resume or end a programme.</summary>
    public const int ProgrammeCount = 2;

    /// <summary>The approvals that make a proposed change of a registration take effect.</summary>
    public const int RegistrationCount = 1;

    /// <summary>
    /// The reason why an administrator may not approve a draft; <see langword="null"/> when they may. It does not check the content.
    /// </summary>
    /// <param name="lifecycle">The programme.</param>
    /// <param name="author">The draft's author.</param>
    /// <param name="approvals">The administrators who have approved it.</param>
    /// <param name="administrator">The administrator.</param>
    public static AdminRefusal? RefusalOfDraft(
        ProgrammeLifecycle lifecycle, string author, IEnumerable<string> approvals, string administrator) =>
        lifecycle.IsEnded ? AdminRefusal.WrongStatus
        : author == administrator ? AdminRefusal.IsAuthor
        : approvals.Contains(administrator) ? AdminRefusal.ApprovedAlready
        : null;

    /// <summary>The reason why an administrator may not approve to resume a programme; <see langword="null"/> when they may.</summary>
    public static AdminRefusal? RefusalOfResuming(ProgrammeLifecycle lifecycle, IEnumerable<string> approvals, string administrator) =>
        lifecycle.Status != ProgrammeStatus.Suspended ? AdminRefusal.WrongStatus
        : approvals.Contains(administrator) ? AdminRefusal.ApprovedAlready
        : null;

    /// <summary>The reason why an administrator may not approve to end a programme; <see langword="null"/> when they may.</summary>
    public static AdminRefusal? RefusalOfEnding(ProgrammeLifecycle lifecycle, IEnumerable<string> approvals, string administrator) =>
        lifecycle.IsEnded || !lifecycle.IsPublished ? AdminRefusal.WrongStatus
        : approvals.Contains(administrator) ? AdminRefusal.ApprovedAlready
        : null;

    /// <summary>
    /// The reason why an administrator may not approve a proposed change of a registration; <see langword="null"/> when they may. It does
    /// not check the document.
    /// </summary>
    /// <param name="lifecycle">The registration.</param>
    /// <param name="act">The proposed change.</param>
    /// <param name="author">The proposal's author.</param>
    /// <param name="administrator">The administrator.</param>
    public static AdminRefusal? RefusalOfProposal(
        RegistrationLifecycle lifecycle, RegistrationAction act, string author, string administrator) =>
        author == administrator ? AdminRefusal.IsAuthor : lifecycle.RefusalOf(act);

    /// <summary>
    /// The reason why an administrator may not confirm a proposed notice of an incident; <see langword="null"/> when they may.
    /// </summary>
    /// <param name="lifecycle">The programme.</param>
    /// <param name="author">The proposal's author.</param>
    /// <param name="administrator">The administrator.</param>
    public static AdminRefusal? RefusalOfIncident(ProgrammeLifecycle lifecycle, string author, string administrator) =>
        lifecycle.IsEnded || !lifecycle.IsPublished ? AdminRefusal.WrongStatus
        : author == administrator ? AdminRefusal.IsAuthor
        : null;
}
