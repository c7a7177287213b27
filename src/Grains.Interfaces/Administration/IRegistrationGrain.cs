using System.Collections.Immutable;

namespace Scoring.Administration;

/// <summary>
/// One registration: an event type, a source or a service. Key: <c>{kind}/{id}</c> with the words of <see cref="RegistrationKind"/> in
/// lower case (<c>event-type</c>, <c>source</c>, <c>service</c>). A change is proposed by one administrator and takes effect when
/// another approves; both are entries of the public record.
/// </summary>
[Alias("scoring.IRegistrationGrain"), GrainInterfaceType("registration")]
public interface IRegistrationGrain : IGrainWithStringKey
{
    /// <summary>The registration with the change under way; <see langword="null"/> when there is neither.</summary>
    [Alias("Find")]
    Task<RegistrationView?> Find();

    /// <summary>Proposes a change in place of the one under way.</summary>
    /// <param name="who">The administrator.</param>
    /// <param name="change">What is to become of it.</param>
    [Alias("Propose")]
    Task<ProposalOutcome> Propose(string who, RegistrationChange change);

    /// <summary>Approves the proposal of that hash; it takes effect.</summary>
    [Alias("Approve")]
    Task<AdminOutcome> Approve(string who, string hash);
}

/// <summary>What can be registered.</summary>
public enum RegistrationKind
{
    /// <summary>An event type.</summary>
    EventType = 1,

    /// <summary>A source.</summary>
    Source = 2,

    /// <summary>A service.</summary>
    Service = 3,
}

/// <summary>What is to become of a registration.</summary>
public enum RegistrationAction
{
    /// <summary>It is registered, or replaced by a later version; a service's year begins anew.</summary>
    Register = 1,

    /// <summary>It is suspended.</summary>
    Suspend = 2,

    /// <summary>It is resumed.</summary>
    Resume = 3,

    /// <summary>It is ended for good.</summary>
    End = 4,
}

/// <summary>A proposed change.</summary>
/// <param name="Act">What is to happen.</param>
/// <param name="Json">With <see cref="RegistrationAction.Register"/> the document in UTF-8, else <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("scoring.registration-change")]
public sealed record RegistrationChange(RegistrationAction Act, byte[]? Json);

/// <summary>A registration.</summary>
/// <param name="Kind">What is registered.</param>
/// <param name="Id">Its name.</param>
/// <param name="Status">How it stands; <see langword="null"/> before it is registered.</param>
/// <param name="Document">The registered document in canonical JSON; <see langword="null"/> before it is registered.</param>
/// <param name="Proposal">The change under way, if any.</param>
[GenerateSerializer, Immutable, Alias("scoring.registration-view")]
public sealed record RegistrationView(
    RegistrationKind Kind, string Id, RegistrationStatus? Status, byte[]? Document, ProposalView? Proposal);

/// <summary>How a registration stands.</summary>
public enum RegistrationStatus
{
    /// <summary>In use.</summary>
    Registered = 1,

    /// <summary>Suspended.</summary>
    Suspended = 2,

    /// <summary>Ended for good.</summary>
    Ended = 3,
}

/// <summary>A change under way.</summary>
/// <param name="Act">What is to happen.</param>
/// <param name="Hash">SHA-256 of act and canonical document, 64 lower-case hexadecimal digits; the approval names it.</param>
/// <param name="Author">Who proposed it.</param>
/// <param name="At">When.</param>
/// <param name="Document">The proposed document in canonical JSON, or <see langword="null"/>.</param>
/// <param name="Differences">What differs from what is registered, in words.</param>
[GenerateSerializer, Immutable, Alias("scoring.proposal-view")]
public sealed record ProposalView(
    RegistrationAction Act, string Hash, string Author, DateTimeOffset At, byte[]? Document, ImmutableArray<string> Differences);

/// <summary>What became of a proposal. Either the proposal or a refusal is set; problems come with the refusal.</summary>
/// <param name="Proposal">The change under way.</param>
/// <param name="Refusal">Why there is none.</param>
/// <param name="Problems">With <see cref="AdminRefusal.Problems"/>: what is wrong.</param>
[GenerateSerializer, Immutable, Alias("scoring.proposal-outcome")]
public sealed record ProposalOutcome(ProposalView? Proposal, AdminRefusal? Refusal, ImmutableArray<DraftProblem> Problems);
