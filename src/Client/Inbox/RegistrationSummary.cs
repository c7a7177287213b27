namespace Scoring.Client;

/// <summary>A page of registrations.</summary>
/// <param name="Registrations">The registrations, by id.</param>
/// <param name="After">The next page has the ids after this; <see langword="null"/> at the end.</param>
public sealed record RegistrationSummaryPage(IReadOnlyList<RegistrationSummary> Registrations, string? After);

/// <summary>A registration in a list.</summary>
/// <param name="Kind">The kind of registration.</param>
/// <param name="Id">Its name.</param>
/// <param name="Status">Its status; <see langword="null"/> before it is registered.</param>
/// <param name="Programme">The only programme that a service may query; <see langword="null"/> for other kinds.</param>
/// <param name="ExpiresOn">The last day of a service's registration; <see langword="null"/> for other kinds, which have none.</param>
/// <param name="Proposal">The proposed change, if there is one.</param>
public sealed record RegistrationSummary(
    RegistrationKind Kind, string Id, RegistrationStatus? Status, string? Programme, DateOnly? ExpiresOn,
    ProposalSummary? Proposal);

/// <summary>A proposed change in a list.</summary>
/// <param name="Act">The kind of change.</param>
/// <param name="Hash">Its hash, 64 lower-case hexadecimal digits. The approval names it.</param>
/// <param name="At">The instant at which it was proposed.</param>
/// <param name="ApprovalsNeeded">How many approvals it still needs.</param>
/// <param name="IsAuthor">Whether the caller proposed it.</param>
/// <param name="MayApprove">Whether the caller may approve it. The document is checked again when they do.</param>
public sealed record ProposalSummary(
    RegistrationAction Act, string Hash, DateTimeOffset At, int ApprovalsNeeded, bool IsAuthor, bool MayApprove);
