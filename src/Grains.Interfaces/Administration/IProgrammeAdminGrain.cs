using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>
/// Leads one programme through its lifecycle: drafted, approved by two administrators, published for a future day, in force, superseded;
/// suspended, resumed, ended. Key: the programme's name. Every action that takes effect is first an entry of the programme's record. An
/// administrator is named by the pairwise subject identifier of their token. Every member first settles an action that a crash interrupted.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.IProgrammeAdminGrain"), GrainInterfaceType("programme-admin")]
public interface IProgrammeAdminGrain : IGrainWithStringKey
{
    /// <summary>
    /// Settles an interrupted action, then returns the programme as its administrators see it; <see langword="null"/> when there is neither
    /// a draft nor a publication. This call may therefore write: if a crash interrupted a publication, a suspension, a resumption or an
    /// end, it completes the action, or clears it when it had not reached the store.
    /// </summary>
    [Alias("Find")]
    Task<ProgrammeAdminView?> Find();

    /// <summary>
    /// Replaces the draft, and drops the approvals of the one before. It refuses text that is no JSON object, an existing name for a new
    /// programme, and an unknown name otherwise. Problems of the content are reported but do not refuse a draft.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    /// <param name="json"><c>{"programme":{…},"ruleSet":{…},"assessment":{…}}</c> in UTF-8, at most 1 MiB.</param>
    /// <param name="isNew">Whether this is the first draft of a programme that does not exist yet.</param>
    [Alias("Draft")]
    Task<DraftOutcome> Draft(string administrator, byte[] json, bool isNew);

    /// <summary>Checks the draft now and returns it with every problem; <see langword="null"/> when there is no draft.</summary>
    [Alias("Validate")]
    Task<DraftView?> Validate();

    /// <summary>
    /// Approves the draft of that hash. The second approval publishes it. It refuses an unknown draft, a draft with problems (a first day
    /// that is too near is one), its author, and a second approval by the same administrator.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    /// <param name="hash">The draft's hash, 64 lower-case hexadecimal digits.</param>
    [Alias("Approve")]
    Task<AdminOutcome> Approve(string administrator, string hash);

    /// <summary>
    /// Suspends the programme immediately on all silos: every answer is neutral and no event is accepted. One administrator is enough.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    /// <param name="reason">The public reason, in plain words, 1 to 300 characters.</param>
    [Alias("Suspend")]
    Task<AdminOutcome> Suspend(string administrator, string reason);

    /// <summary>
    /// Approves to resume a suspended programme. The second administrator's call resumes it. An approval that waits too long expires.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    [Alias("ApproveResuming")]
    Task<AdminOutcome> ApproveResuming(string administrator);

    /// <summary>
    /// Approves to end the programme. The second administrator's call ends it permanently and erases all its enrolments. An approval that
    /// waits too long expires.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    [Alias("ApproveEnding")]
    Task<AdminOutcome> ApproveEnding(string administrator);

    /// <summary>
    /// Takes the administrator's own approval to resume back. It refuses as <see cref="AdminRefusal.Unknown"/> when no such approval waits.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    [Alias("TakeBackResuming")]
    Task<AdminOutcome> TakeBackResuming(string administrator);

    /// <summary>
    /// Takes the administrator's own approval to end back. It refuses as <see cref="AdminRefusal.Unknown"/> when no such approval waits.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    [Alias("TakeBackEnding")]
    Task<AdminOutcome> TakeBackEnding(string administrator);
}

/// <summary>The outcome of a draft. Exactly one member is set.</summary>
/// <param name="Draft">The draft, with its problems.</param>
/// <param name="Refusal">Why the draft was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.draft-outcome")]
public sealed record DraftOutcome(DraftView? Draft, AdminRefusal? Refusal);

/// <summary>A draft of a programme's next version.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Hash">SHA-256 of its canonical form, 64 lower-case hexadecimal digits. Approvals name it.</param>
/// <param name="Author">The administrator who wrote it.</param>
/// <param name="At">The instant at which it was written.</param>
/// <param name="Json">Its text as given, UTF-8.</param>
/// <param name="Approvals">The administrators who have approved it.</param>
/// <param name="Problems">All its problems; empty when it may be published.</param>
/// <param name="Differences">The differences from the last published version, in words; empty while there are problems.</param>
/// <param name="Widens">Whether participants must renew their consent to this version.</param>
[GenerateSerializer, Immutable, Alias("scoring.draft-view")]
public sealed record DraftView(
    ProgrammeId Programme, string Hash, string Author, DateTimeOffset At, byte[] Json, ImmutableArray<string> Approvals,
    ImmutableArray<DraftProblem> Problems, ImmutableArray<string> Differences, bool Widens)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(DraftView);
}

/// <summary>One problem of a draft or a registration.</summary>
/// <param name="Pointer">The place of the problem: a JSON pointer (RFC 6901) from the document's root.</param>
/// <param name="Code">The kind of problem, a stable code.</param>
/// <param name="Help">What is expected, in plain words.</param>
[GenerateSerializer, Immutable, Alias("scoring.draft-problem")]
public sealed record DraftProblem(string Pointer, string Code, string Help);

/// <summary>A programme as its administrators see it.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Status">Its status.</param>
/// <param name="Draft">The draft that is not published yet, if there is one.</param>
/// <param name="ResumeApprovals">The administrators who have approved to resume it.</param>
/// <param name="EndApprovals">The administrators who have approved to end it.</param>
[GenerateSerializer, Immutable, Alias("scoring.programme-admin-view")]
public sealed record ProgrammeAdminView(
    ProgrammeId Programme, ProgrammeStatus Status, DraftView? Draft, ImmutableArray<string> ResumeApprovals,
    ImmutableArray<string> EndApprovals)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(ProgrammeAdminView);
}

/// <summary>The status of a programme.</summary>
public enum ProgrammeStatus
{
    /// <summary>It was never published.</summary>
    Drafted = 1,

    /// <summary>It is published. Its first version's first day may be in the future.</summary>
    Published = 2,

    /// <summary>It is suspended.</summary>
    Suspended = 3,

    /// <summary>It has ended permanently.</summary>
    Ended = 4,
}

/// <summary>The outcome of an administrator's action.</summary>
/// <param name="Done">Whether it took effect. Otherwise it waits for another administrator's approval, or is refused.</param>
/// <param name="Approvals">The administrators who have approved it so far.</param>
/// <param name="Refusal">Why it was refused, or <see langword="null"/>.</param>
/// <param name="Problems">The problems of the content, when it was refused for them; else empty.</param>
[GenerateSerializer, Immutable, Alias("scoring.admin-outcome")]
public sealed record AdminOutcome(
    bool Done, ImmutableArray<string> Approvals, AdminRefusal? Refusal, ImmutableArray<DraftProblem> Problems)
{
    /// <summary>Returns the outcome of a refused action.</summary>
    public static AdminOutcome Refused(AdminRefusal refusal) => new(false, [], refusal, []);

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(AdminOutcome);
}

/// <summary>Why an administrator's action is refused.</summary>
public enum AdminRefusal
{
    /// <summary>There is no such programme, draft, registration or simulation.</summary>
    Unknown = 1,

    /// <summary>Another programme has the name.</summary>
    NameTaken = 2,

    /// <summary>The hash is not that of the current content. Read the current content first.</summary>
    HashDiffers = 3,

    /// <summary>The content has problems.</summary>
    Problems = 4,

    /// <summary>The author may not approve.</summary>
    IsAuthor = 5,

    /// <summary>This administrator has approved already.</summary>
    ApprovedAlready = 6,

    /// <summary>The status of the programme or registration does not allow the action.</summary>
    WrongStatus = 7,

    /// <summary>The text is no JSON object, or it is too large.</summary>
    NotReadable = 8,

    /// <summary>A simulation of the programme is running already.</summary>
    Busy = 9,

    /// <summary>No such report of the draft is kept.</summary>
    ReportUnknown = 10,
}
