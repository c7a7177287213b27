namespace Scoring.Client;

/// <summary>A page of programmes.</summary>
/// <param name="Programmes">The programmes, by name.</param>
/// <param name="After">The next page has the names after this; <see langword="null"/> at the end.</param>
public sealed record ProgrammeSummaryPage(IReadOnlyList<ProgrammeSummary> Programmes, string? After);

/// <summary>A programme in a list.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Name">Its name for people; <see langword="null"/> when it was never published.</param>
/// <param name="Status">Its status.</param>
/// <param name="InForce">The number of the version in force today; <see langword="null"/> before the first version's day.</param>
/// <param name="Latest">The number of the last published version; <see langword="null"/> when there is none.</param>
/// <param name="ReviewBy">The last day of the assessment in force; <see langword="null"/> when no version is in force.</param>
/// <param name="Draft">Its draft, if there is one.</param>
/// <param name="Resuming">The approvals to resume it; <see langword="null"/> when none waits.</param>
/// <param name="Ending">The approvals to end it; <see langword="null"/> when none waits.</param>
public sealed record ProgrammeSummary(
    string Programme, string? Name, ProgrammeStatus Status, int? InForce, int? Latest, DateOnly? ReviewBy, DraftSummary? Draft,
    ApprovalSummary? Resuming, ApprovalSummary? Ending);

/// <summary>A draft in a list.</summary>
/// <param name="Number">The number of its version; <see langword="null"/> while there are problems.</param>
/// <param name="Hash">Its hash, 64 lower-case hexadecimal digits. Approvals name it.</param>
/// <param name="At">The instant at which it was written.</param>
/// <param name="FirstDay">Its first day; <see langword="null"/> while there are problems.</param>
/// <param name="ApproveBy">The last day on which it can be published for its first day; <see langword="null"/> as before.</param>
/// <param name="Problems">The number of its problems; with any, no approval is accepted.</param>
/// <param name="Approvals">How many have approved it.</param>
/// <param name="ApprovalsNeeded">How many approvals it still needs.</param>
/// <param name="IsAuthor">Whether the caller wrote it.</param>
/// <param name="HasApproved">Whether the caller has approved it.</param>
/// <param name="MayApprove">Whether an approval by the caller is accepted now.</param>
public sealed record DraftSummary(
    int? Number, string Hash, DateTimeOffset At, DateOnly? FirstDay, DateOnly? ApproveBy, int Problems, int Approvals,
    int ApprovalsNeeded, bool IsAuthor, bool HasApproved, bool MayApprove);

/// <summary>Approvals to resume or to end a programme.</summary>
/// <param name="Approvals">How many have approved it.</param>
/// <param name="ApprovalsNeeded">How many approvals it still needs.</param>
/// <param name="ExpiresAt">The instant at which the first approval expires.</param>
/// <param name="HasApproved">Whether the caller has approved it.</param>
/// <param name="MayApprove">Whether an approval by the caller is accepted now.</param>
public sealed record ApprovalSummary(
    int Approvals, int ApprovalsNeeded, DateTimeOffset? ExpiresAt, bool HasApproved, bool MayApprove);
