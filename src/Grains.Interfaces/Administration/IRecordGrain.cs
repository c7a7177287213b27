using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>What administrators did, for everyone to read. A stateless worker with key 0.</summary>
[Alias("scoring.IRecordGrain"), GrainInterfaceType("record")]
public interface IRecordGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// A programme's acts and those that concern all programmes, in ascending numbers; <see langword="null"/> when there is no such
    /// programme.
    /// </summary>
    /// <param name="programme">The programme.</param>
    /// <param name="after">Only acts with numbers above this; 0 for all.</param>
    /// <param name="count">How many at most, 1 to 500.</param>
    [Alias("Read")]
    Task<RecordPage?> Read(ProgrammeId programme, long after, int count);
}

/// <summary>A page of a record.</summary>
/// <param name="Acts">In ascending numbers.</param>
/// <param name="After">Ask for acts after this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.record-page")]
public sealed record RecordPage(ImmutableArray<RecordedAdminAction> Acts, long? After);

/// <summary>One act, as its ledger entry has it.</summary>
/// <param name="Number">Gapless over all acts of the platform, from 1.</param>
/// <param name="Position">Its place in partition 0.</param>
/// <param name="Act">The act's word, in kebab-case.</param>
/// <param name="Programme">The programme; <see langword="null"/> when it concerns all.</param>
/// <param name="By">Who: an administrator's pairwise subject identifier, or <c>platform</c>.</param>
/// <param name="At">When.</param>
/// <param name="Hash">SHA-256 of the content that it is about, or <see langword="null"/>.</param>
/// <param name="Words">What it means or what differs, in words.</param>
/// <param name="Details">Numbers that belong to it in canonical JSON, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("scoring.recorded-act")]
public sealed record RecordedAdminAction(
    long Number, long Position, string Act, ProgrammeId? Programme, string By, DateTimeOffset At, string? Hash,
    ImmutableArray<string> Words, string? Details);

/// <summary>The words for acts. Stored and hashed: add, never rename.</summary>
public static class AdminActions
{
    /// <summary>Who acts where no administrator does. No administrator bears this name.</summary>
    public const string ByPlatform = "platform";

    /// <summary>A draft was written.</summary>
    public const string Drafted = "drafted";

    /// <summary>A draft was approved.</summary>
    public const string Approved = "approved";

    /// <summary>A version was published for its first day.</summary>
    public const string Published = "published";

    /// <summary>A programme was suspended.</summary>
    public const string Suspended = "suspended";

    /// <summary>Resuming was approved by the first of two.</summary>
    public const string ResumeApproved = "resume-approved";

    /// <summary>A programme was resumed.</summary>
    public const string Resumed = "resumed";

    /// <summary>Ending was approved by the first of two.</summary>
    public const string EndApproved = "end-approved";

    /// <summary>A programme has ended.</summary>
    public const string Ended = "ended";

    /// <summary>A draft was simulated; the details hold the numbers.</summary>
    public const string Simulated = "simulated";

    /// <summary>A published version was folded beside the one in force for a sample; the details hold the numbers.</summary>
    public const string Shadowed = "shadowed";

    /// <summary>A registration's change was proposed.</summary>
    public const string Proposed = "proposed";

    /// <summary>An event type, source or service was registered, or a later version of it.</summary>
    public const string Registered = "registered";

    /// <summary>A registration was suspended.</summary>
    public const string RegistrationSuspended = "registration-suspended";

    /// <summary>A registration was resumed.</summary>
    public const string RegistrationResumed = "registration-resumed";

    /// <summary>A registration was ended.</summary>
    public const string RegistrationEnded = "registration-ended";

    /// <summary>A contest of an event was decided; the details hold grounds, outcome and reason, and nobody is named.</summary>
    public const string ContestDecided = "contest-decided";

    /// <summary>An auditor opened a case; the details hold its name, purpose and last day.</summary>
    public const string AuditOpened = "audit-opened";
}
