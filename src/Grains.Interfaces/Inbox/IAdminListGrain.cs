using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Inbox;

/// <summary>
/// Lists programmes and registrations for administrators, with drafts and proposals that wait. A reentrant stateless worker with key 0; it
/// keeps no state and writes nothing. It names no administrator: a caller learns whether they are the author and whether they have
/// approved.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.IAdminListGrain"), GrainInterfaceType("admin-list")]
public interface IAdminListGrain : IGrainWithIntegerKey
{
    /// <summary>Lists the programmes that are published or have a draft, by name.</summary>
    /// <param name="administrator">The administrator who reads it.</param>
    /// <param name="after">Only names after this; empty for the first page.</param>
    /// <param name="count">The greatest number of programmes, 1 to 100.</param>
    [Alias("Programmes"), AnySilo]
    Task<ProgrammeSummaryPage> Programmes(string administrator, string after, int count);

    /// <summary>Lists the registrations of a kind that exist or are proposed, by id.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="administrator">The administrator who reads it.</param>
    /// <param name="after">Only ids after this; empty for the first page.</param>
    /// <param name="count">The greatest number of registrations, 1 to 500.</param>
    [Alias("Registrations"), AnySilo]
    Task<RegistrationSummaryPage> Registrations(RegistrationKind kind, string administrator, string after, int count);
}

/// <summary>A page of programmes.</summary>
/// <param name="Programmes">The programmes, by name.</param>
/// <param name="After">The next page has the names after this; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.programme-summary-page")]
public sealed record ProgrammeSummaryPage(ImmutableArray<ProgrammeSummary> Programmes, string? After);

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
[GenerateSerializer, Immutable, Alias("scoring.programme-summary")]
public sealed record ProgrammeSummary(
    ProgrammeId Programme, string? Name, ProgrammeStatus Status, int? InForce, int? Latest, DateOnly? ReviewBy, DraftSummary? Draft,
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
[GenerateSerializer, Immutable, Alias("scoring.draft-summary")]
public sealed record DraftSummary(
    int? Number, string Hash, DateTimeOffset At, DateOnly? FirstDay, DateOnly? ApproveBy, int Problems, int Approvals,
    int ApprovalsNeeded, bool IsAuthor, bool HasApproved, bool MayApprove);

/// <summary>Approvals to resume or to end a programme.</summary>
/// <param name="Approvals">How many have approved it.</param>
/// <param name="ApprovalsNeeded">How many approvals it still needs.</param>
/// <param name="ExpiresAt">The instant at which the first approval expires.</param>
/// <param name="HasApproved">Whether the caller has approved it.</param>
/// <param name="MayApprove">Whether an approval by the caller is accepted now.</param>
[GenerateSerializer, Immutable, Alias("scoring.approval-summary")]
public sealed record ApprovalSummary(
    int Approvals, int ApprovalsNeeded, DateTimeOffset? ExpiresAt, bool HasApproved, bool MayApprove);

/// <summary>A page of registrations.</summary>
/// <param name="Registrations">The registrations, by id.</param>
/// <param name="After">The next page has the ids after this; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.registration-summary-page")]
public sealed record RegistrationSummaryPage(ImmutableArray<RegistrationSummary> Registrations, string? After);

/// <summary>A registration in a list.</summary>
/// <param name="Kind">The kind of registration.</param>
/// <param name="Id">Its name.</param>
/// <param name="Status">Its status; <see langword="null"/> before it is registered.</param>
/// <param name="Programme">The only programme that a service may query; <see langword="null"/> for other kinds.</param>
/// <param name="ExpiresOn">The last day of a service's registration; <see langword="null"/> for other kinds, which have none.</param>
/// <param name="Proposal">The proposed change, if there is one.</param>
[GenerateSerializer, Immutable, Alias("scoring.registration-summary")]
public sealed record RegistrationSummary(
    RegistrationKind Kind, string Id, RegistrationStatus? Status, ProgrammeId? Programme, DateOnly? ExpiresOn,
    ProposalSummary? Proposal);

/// <summary>A proposed change in a list.</summary>
/// <param name="Act">The kind of change.</param>
/// <param name="Hash">Its hash, 64 lower-case hexadecimal digits. The approval names it.</param>
/// <param name="At">The instant at which it was proposed.</param>
/// <param name="ApprovalsNeeded">How many approvals it still needs.</param>
/// <param name="IsAuthor">Whether the caller proposed it.</param>
/// <param name="MayApprove">Whether the caller may approve it. The document is checked again when they do.</param>
[GenerateSerializer, Immutable, Alias("scoring.proposal-summary")]
public sealed record ProposalSummary(
    RegistrationAction Act, string Hash, DateTimeOffset At, int ApprovalsNeeded, bool IsAuthor, bool MayApprove);
