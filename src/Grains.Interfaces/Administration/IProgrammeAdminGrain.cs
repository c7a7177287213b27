using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>
/// The life of one programme as administrators lead it: draft, approved by two, published for a future day, in force, superseded;
/// suspended, resumed, ended. Key: the programme's name. Every act that takes effect is first an entry of the programme's record.
/// Whoever acts is named by the pairwise subject identifier of their token.
/// </summary>
[Alias("scoring.IProgrammeAdminGrain"), GrainInterfaceType("programme-admin")]
public interface IProgrammeAdminGrain : IGrainWithStringKey
{
    /// <summary>
    /// The programme as its administrators see it; <see langword="null"/> when there is neither a draft nor a publication.
    /// </summary>
    [Alias("Find")]
    Task<ProgrammeAdminView?> Find();

    /// <summary>
    /// Puts a draft in place of the one before, whose approvals fall. Refused are a name that is taken (when <paramref name="isNew"/>) or
    /// not (when not), and text that is no JSON object; problems of the content are reported and do not hinder a draft.
    /// </summary>
    /// <param name="who">The administrator.</param>
    /// <param name="json"><c>{"programme":{…},"ruleSet":{…},"assessment":{…}}</c> in UTF-8, at most 1 MiB.</param>
    /// <param name="isNew">Whether the programme is to be there only from now on.</param>
    [Alias("Draft")]
    Task<DraftOutcome> Draft(string who, byte[] json, bool isNew);

    /// <summary>Everything wrong with the draft as it stands now; <see langword="null"/> when there is no draft.</summary>
    [Alias("Validate")]
    Task<DraftView?> Validate();

    /// <summary>
    /// Approves the draft of that hash. The second approval publishes it. Refused: no such draft, problems, the author, the same
    /// administrator twice, a first day that is too near.
    /// </summary>
    [Alias("Approve")]
    Task<AdminOutcome> Approve(string who, string hash);

    /// <summary>Suspends at once, on all silos: every answer neutral, no event taken. One administrator.</summary>
    /// <param name="who">The administrator.</param>
    /// <param name="reason">In plain words, public, 1 to 300 characters.</param>
    [Alias("Suspend")]
    Task<AdminOutcome> Suspend(string who, string reason);

    /// <summary>Approves resuming; the second administrator's call resumes.</summary>
    [Alias("ApproveResuming")]
    Task<AdminOutcome> ApproveResuming(string who);

    /// <summary>Approves ending; the second administrator's call ends for good and erases all enrolments.</summary>
    [Alias("ApproveEnding")]
    Task<AdminOutcome> ApproveEnding(string who);
}

/// <summary>What became of a draft. Exactly one member is set.</summary>
/// <param name="Draft">The draft, with what is wrong with it.</param>
/// <param name="Refusal">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("scoring.draft-outcome")]
public sealed record DraftOutcome(DraftView? Draft, AdminRefusal? Refusal);

/// <summary>A draft.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Hash">SHA-256 of its canonical form, 64 lower-case hexadecimal digits; approvals name it.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Json">Its text as given, UTF-8.</param>
/// <param name="Approvals">Who has approved it.</param>
/// <param name="Problems">Everything wrong with it, at once; empty when it may be published.</param>
/// <param name="Differences">What differs from the last published version, in words; empty while there are problems.</param>
/// <param name="Widens">Whether participants will be asked for consent again.</param>
[GenerateSerializer, Immutable, Alias("scoring.draft-view")]
public sealed record DraftView(
    ProgrammeId Programme, string Hash, string Author, DateTimeOffset At, byte[] Json, ImmutableArray<string> Approvals,
    ImmutableArray<DraftProblem> Problems, ImmutableArray<string> Differences, bool Widens);

/// <summary>One thing wrong with a draft or a registration.</summary>
/// <param name="Pointer">Where (RFC 6901), from the draft's root.</param>
/// <param name="Code">What, a stable word.</param>
/// <param name="Help">What would be right, in plain words.</param>
[GenerateSerializer, Immutable, Alias("scoring.draft-problem")]
public sealed record DraftProblem(string Pointer, string Code, string Help);

/// <summary>A programme as its administrators see it.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Draft">The draft under way, if any.</param>
/// <param name="ResumeApprovals">Who has approved resuming.</param>
/// <param name="EndApprovals">Who has approved ending.</param>
[GenerateSerializer, Immutable, Alias("scoring.programme-admin-view")]
public sealed record ProgrammeAdminView(
    ProgrammeId Programme, ProgrammeStatus Status, DraftView? Draft, ImmutableArray<string> ResumeApprovals,
    ImmutableArray<string> EndApprovals);

/// <summary>How a programme stands.</summary>
public enum ProgrammeStatus
{
    /// <summary>Never published.</summary>
    Drafted = 1,

    /// <summary>Published; its first version's day may still be to come.</summary>
    Published = 2,

    /// <summary>Suspended.</summary>
    Suspended = 3,

    /// <summary>Ended for good.</summary>
    Ended = 4,
}

/// <summary>What became of an administrator's act.</summary>
/// <param name="Done">Whether it took effect; otherwise it waits for another administrator.</param>
/// <param name="Approvals">Who stands behind it so far.</param>
/// <param name="Refusal">Why it was not taken at all, or <see langword="null"/>.</param>
/// <param name="Problems">With <see cref="AdminRefusal.Problems"/>: what is wrong.</param>
[GenerateSerializer, Immutable, Alias("scoring.admin-outcome")]
public sealed record AdminOutcome(
    bool Done, ImmutableArray<string> Approvals, AdminRefusal? Refusal, ImmutableArray<DraftProblem> Problems)
{
    /// <summary>It was refused.</summary>
    public static AdminOutcome Refused(AdminRefusal refusal) => new(false, [], refusal, []);
}

/// <summary>Why an administrator's act is refused.</summary>
public enum AdminRefusal
{
    /// <summary>There is no such programme, draft, registration or simulation.</summary>
    Unknown = 1,

    /// <summary>The name is taken.</summary>
    NameTaken = 2,

    /// <summary>The content named by the hash is not the one under way: look again.</summary>
    HashDiffers = 3,

    /// <summary>Something is wrong with the content.</summary>
    Problems = 4,

    /// <summary>The author may not approve.</summary>
    IsAuthor = 5,

    /// <summary>This administrator has approved already.</summary>
    ApprovedAlready = 6,

    /// <summary>The programme or registration does not stand so that this could be done.</summary>
    WrongStatus = 7,

    /// <summary>The text is no JSON object or too large.</summary>
    NotReadable = 8,

    /// <summary>A simulation is under way already.</summary>
    Busy = 9,
}
