using System.Collections.Immutable;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>Serves the public record of administrative actions to any client. A stateless worker with key 0.</summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.IRecordGrain"), GrainInterfaceType("record")]
public interface IRecordGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Reads the actions on a programme and on all programmes, in ascending numbers; <see langword="null"/> when there is no such
    /// programme.
    /// </summary>
    /// <param name="programme">The programme.</param>
    /// <param name="after">Only actions with numbers above this; 0 for all.</param>
    /// <param name="count">The greatest number of actions, 1 to 500.</param>
    [Alias("Read"), AnySilo]
    Task<RecordPage?> Read(ProgrammeId programme, long after, int count);
}

/// <summary>A page of a record.</summary>
/// <param name="Acts">The actions, in ascending numbers.</param>
/// <param name="After">The next page has the numbers above this; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.record-page")]
public sealed record RecordPage(ImmutableArray<RecordedAdminAction> Acts, long? After);

/// <summary>One administrative action, as its ledger entry records it.</summary>
/// <param name="Number">Its number, gapless from 1 over all actions of the platform.</param>
/// <param name="Position">The position of its entry in partition 0. The public record shows it rounded down to a multiple of 256.</param>
/// <param name="Act">The kind of action, a stable word such as <c>published</c>.</param>
/// <param name="Programme">The programme; <see langword="null"/> when it concerns all programmes.</param>
/// <param name="By">The administrator's pairwise subject identifier, or <c>platform</c>.</param>
/// <param name="At">The instant of the action.</param>
/// <param name="Hash">SHA-256 of the content that it is about, or <see langword="null"/>.</param>
/// <param name="Words">Its meaning or the differences that it makes, in words.</param>
/// <param name="Details">Its figures in canonical JSON, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("scoring.recorded-act")]
public sealed record RecordedAdminAction(
    long Number, long Position, string Act, ProgrammeId? Programme, string By, DateTimeOffset At, string? Hash,
    ImmutableArray<string> Words, string? Details)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(RecordedAdminAction);
}

/// <summary>The words for the kinds of administrative actions. They are stored and hashed: add words, never rename one.</summary>
public static class AdminActions
{
    /// <summary>The name of the platform where it acts without an administrator. No administrator has this name.</summary>
    public const string ByPlatform = "platform";

    /// <summary>A draft was written.</summary>
    public const string Drafted = "drafted";

    /// <summary>A draft was approved.</summary>
    public const string Approved = "approved";

    /// <summary>A version was published for its first day.</summary>
    public const string Published = "published";

    /// <summary>A programme was suspended.</summary>
    public const string Suspended = "suspended";

    /// <summary>The first of two administrators approved to resume a programme.</summary>
    public const string ResumeApproved = "resume-approved";

    /// <summary>A programme was resumed.</summary>
    public const string Resumed = "resumed";

    /// <summary>The first of two administrators approved to end a programme.</summary>
    public const string EndApproved = "end-approved";

    /// <summary>A programme has ended.</summary>
    public const string Ended = "ended";

    /// <summary>A draft was simulated. The details hold the figures.</summary>
    public const string Simulated = "simulated";

    /// <summary>A sample was folded under a coming version and under the one in force. The details hold the figures.</summary>
    public const string Shadowed = "shadowed";

    /// <summary>A change of a registration was proposed.</summary>
    public const string Proposed = "proposed";

    /// <summary>An event type, source or service, or a later version of it, was registered.</summary>
    public const string Registered = "registered";

    /// <summary>A registration was suspended.</summary>
    public const string RegistrationSuspended = "registration-suspended";

    /// <summary>A registration was resumed.</summary>
    public const string RegistrationResumed = "registration-resumed";

    /// <summary>A registration was ended.</summary>
    public const string RegistrationEnded = "registration-ended";

    /// <summary>A contest of an event was decided. The details hold grounds, outcome and reason, and name no subject.</summary>
    public const string ContestDecided = "contest-decided";

    /// <summary>An auditor opened a case. The details hold its name, purpose and last day.</summary>
    public const string AuditOpened = "audit-opened";

    /// <summary>An administrator took the approval to resume a programme back.</summary>
    public const string ResumeApprovalTakenBack = "resume-approval-taken-back";

    /// <summary>An administrator took the approval to end a programme back.</summary>
    public const string EndApprovalTakenBack = "end-approval-taken-back";

    /// <summary>An administrator took the approval of a draft back.</summary>
    public const string ApprovalTakenBack = "approval-taken-back";

    /// <summary>An approved change of a registration was discarded: no silo could have read the documents with it.</summary>
    public const string ProposalDiscarded = "proposal-discarded";

    /// <summary>Entries of a programme that could not be valued are folded again.</summary>
    public const string SetAsideReplayed = "set-aside-replayed";

    /// <summary>A notice of an incident was proposed. The hash names it; the texts are not public yet.</summary>
    public const string IncidentProposed = "incident-proposed";

    /// <summary>A proposed notice of an incident was taken back.</summary>
    public const string IncidentProposalTakenBack = "incident-proposal-taken-back";

    /// <summary>Every participant of the programme was told about an incident (GDPR Art. 34). The details hold the notice.</summary>
    public const string IncidentNotified = "incident-notified";
}
