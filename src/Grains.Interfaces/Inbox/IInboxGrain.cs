using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Contests;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Inbox;

/// <summary>
/// Collects what waits for an administrator. A reentrant stateless worker with key 0; it keeps no state and writes nothing. It reads no
/// entry of a person, so reading an inbox is no access.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.IInboxGrain"), GrainInterfaceType("inbox")]
public interface IInboxGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Returns what the administrator may do now: nothing that they may not approve or judge, and nothing that they have approved. Earliest
    /// due first, then what is due on no day, the longest waiting first. It names no other administrator.
    /// </summary>
    /// <param name="administrator">The administrator, as a reviewer of contests.</param>
    [Alias("Read"), AnySilo]
    Task<InboxPage> Read(CaseReviewer administrator);
}

/// <summary>What waits for an administrator.</summary>
/// <param name="Items">The items, earliest due first.</param>
/// <param name="IsCut">Whether more waits than an inbox holds (<c>Inbox:ItemsMax</c> and the limits of its parts).</param>
[GenerateSerializer, Immutable, Alias("scoring.inbox-page")]
public sealed record InboxPage(ImmutableArray<InboxItem> Items, bool IsCut);

/// <summary>One thing that waits. Later versions add kinds.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Task">What to do.</param>
/// <param name="Programme">Its programme; <see langword="null"/> for event types and sources, which belong to all.</param>
/// <param name="Name">The name of the programme for people, or the id of the registration.</param>
[GenerateSerializer, Immutable, Alias("scoring.inbox-item")]
public sealed record InboxItem(InboxKind Kind, InboxTask Task, ProgrammeId? Programme, string Name)
{
    /// <summary>The kind of the registration that it is about; <see langword="null"/> when it is about none.</summary>
    [Id(0)]
    public RegistrationKind? Registration { get; init; }

    /// <summary>The random name of the contest's case, 22 characters of base64url; <see langword="null"/> when it is none.</summary>
    [Id(1)]
    public string? Case { get; init; }

    /// <summary>The hash that an approval of it names; <see langword="null"/> when none is named.</summary>
    [Id(2)]
    public string? Hash { get; init; }

    /// <summary>
    /// The last day on which it can be done, in the programme's zone (in UTC without one); <see langword="null"/> for none.
    /// </summary>
    [Id(3)]
    public DateOnly? DueOn { get; init; }

    /// <summary>The day since which it waits, in the same zone; <see langword="null"/> when it is a day that comes.</summary>
    [Id(4)]
    public DateOnly? Since { get; init; }

    /// <summary>The number of approvals that it has; <see langword="null"/> when it takes none.</summary>
    [Id(5)]
    public int? Approvals { get; init; }

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(InboxItem);
}

/// <summary>The kinds of what waits.</summary>
public enum InboxKind
{
    /// <summary>A draft that passes the checks and is not published.</summary>
    Draft = 1,

    /// <summary>A proposed change of a registration.</summary>
    Proposal = 2,

    /// <summary>An undecided contest.</summary>
    Contest = 3,

    /// <summary>A suspended programme.</summary>
    Suspension = 4,

    /// <summary>An approval to end a programme that waits for another.</summary>
    Ending = 5,

    /// <summary>A registration of a service whose last day comes.</summary>
    Expiry = 6,

    /// <summary>An impact assessment whose last day comes. After it the platform suspends the programme.</summary>
    Assessment = 7,

    /// <summary>A proposed notice of an incident to every participant of a programme.</summary>
    Incident = 8,

    /// <summary>Entries of a programme that no fold could value.</summary>
    SetAside = 9,
}

/// <summary>What to do with what waits.</summary>
public enum InboxTask
{
    /// <summary>Read it, and approve it.</summary>
    Approve = 1,

    /// <summary>Judge it. To open the file is an access that the person sees.</summary>
    Judge = 2,

    /// <summary>Approve to resume, when its reason is gone.</summary>
    Resume = 3,

    /// <summary>Propose to register it again, before its last day.</summary>
    Renew = 4,

    /// <summary>Publish a version with a new assessment, before its last day.</summary>
    Assess = 5,

    /// <summary>Mend the cause, and have the entries folded again.</summary>
    Replay = 6,
}
