using System.Collections.Immutable;

namespace Scoring.Administration;

/// <summary>
/// Leads one registration of an event type, a source or a service. Key: <c>{kind}/{id}</c>, the kind written as <c>event-type</c>,
/// <c>source</c> or <c>service</c>. One administrator proposes a change, and it takes effect when another approves it. Both are entries of
/// the public record. Every member first settles a change that a crash interrupted.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.IRegistrationGrain"), GrainInterfaceType("registration")]
public interface IRegistrationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Settles an interrupted change, then returns the registration and its proposed change; <see langword="null"/> when there is neither.
    /// This call may therefore write: if a crash interrupted an approved change, it completes the change.
    /// </summary>
    [Alias("Find")]
    Task<RegistrationView?> Find();

    /// <summary>Proposes a change. It replaces the proposal before it.</summary>
    /// <param name="administrator">The administrator.</param>
    /// <param name="change">The change.</param>
    [Alias("Propose")]
    Task<ProposalOutcome> Propose(string administrator, RegistrationChange change);

    /// <summary>Approves the proposal of that hash. It takes effect.</summary>
    /// <param name="administrator">The administrator, who must not be the proposal's author.</param>
    /// <param name="hash">The proposal's hash, 64 lower-case hexadecimal digits.</param>
    [Alias("Approve")]
    Task<AdminOutcome> Approve(string administrator, string hash);
}

/// <summary>The kinds of registrations.</summary>
public enum RegistrationKind
{
    /// <summary>An event type.</summary>
    EventType = 1,

    /// <summary>A source.</summary>
    Source = 2,

    /// <summary>A service.</summary>
    Service = 3,
}

/// <summary>A change of a registration.</summary>
public enum RegistrationAction
{
    /// <summary>Registers it, or replaces it by a later version. A service's year starts again.</summary>
    Register = 1,

    /// <summary>Suspends it.</summary>
    Suspend = 2,

    /// <summary>Resumes it.</summary>
    Resume = 3,

    /// <summary>Ends it permanently.</summary>
    End = 4,
}

/// <summary>A change to propose.</summary>
/// <param name="Act">The kind of change.</param>
/// <param name="Json">The document in UTF-8, at most 64 KiB, when the change registers one; else <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("scoring.registration-change")]
public sealed record RegistrationChange(RegistrationAction Act, byte[]? Json);

/// <summary>A registration.</summary>
/// <param name="Kind">The kind of registration.</param>
/// <param name="Id">Its name.</param>
/// <param name="Status">Its status; <see langword="null"/> before it is registered.</param>
/// <param name="Document">The registered document in canonical JSON; <see langword="null"/> before it is registered.</param>
/// <param name="Proposal">The proposed change, if there is one.</param>
[GenerateSerializer, Immutable, Alias("scoring.registration-view")]
public sealed record RegistrationView(
    RegistrationKind Kind, string Id, RegistrationStatus? Status, byte[]? Document, ProposalView? Proposal);

/// <summary>The status of a registration.</summary>
public enum RegistrationStatus
{
    /// <summary>It is in use.</summary>
    Registered = 1,

    /// <summary>It is suspended.</summary>
    Suspended = 2,

    /// <summary>It has ended permanently.</summary>
    Ended = 3,
}

/// <summary>A proposed change of a registration.</summary>
/// <param name="Act">The kind of change.</param>
/// <param name="Hash">
/// SHA-256 of the kind of change and the canonical document, 64 lower-case hexadecimal digits. The approval names it.
/// </param>
/// <param name="Author">The administrator who proposed it.</param>
/// <param name="At">The instant at which it was proposed.</param>
/// <param name="Document">The proposed document in canonical JSON; <see langword="null"/> when the change registers none.</param>
/// <param name="Differences">The differences from what is registered, in words.</param>
[GenerateSerializer, Immutable, Alias("scoring.proposal-view")]
public sealed record ProposalView(
    RegistrationAction Act, string Hash, string Author, DateTimeOffset At, byte[]? Document, ImmutableArray<string> Differences)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(ProposalView);
}

/// <summary>The outcome of a proposal: either the proposal or a refusal.</summary>
/// <param name="Proposal">The proposed change.</param>
/// <param name="Refusal">Why the proposal was refused.</param>
/// <param name="Problems">The problems of the document, when the proposal was refused for them; else empty.</param>
[GenerateSerializer, Immutable, Alias("scoring.proposal-outcome")]
public sealed record ProposalOutcome(ProposalView? Proposal, AdminRefusal? Refusal, ImmutableArray<DraftProblem> Problems);
