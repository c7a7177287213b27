using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>What waits for an administrator.</summary>
/// <param name="Items">The items, earliest due first.</param>
/// <param name="IsCut">Whether more waits than an inbox holds.</param>
public sealed record InboxPage(IReadOnlyList<InboxItem> Items, bool IsCut);

/// <summary>One thing that waits. Later versions of the platform add kinds.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Task">What to do.</param>
/// <param name="Programme">Its programme; <see langword="null"/> for event types and sources, which belong to all.</param>
/// <param name="Name">The name of the programme for people, or the id of the registration.</param>
/// <param name="Registration">The kind of the registration that it is about; <see langword="null"/> when it is about none.</param>
/// <param name="Case">The random name of the contest's case; <see langword="null"/> when it is none.</param>
/// <param name="Hash">The hash that an approval of it names; <see langword="null"/> when none is named.</param>
/// <param name="DueOn">The last day on which it can be done; <see langword="null"/> for none.</param>
/// <param name="Since">The day since which it waits; <see langword="null"/> when it is a day that comes.</param>
/// <param name="Approvals">The number of approvals that it has; <see langword="null"/> when it takes none.</param>
public sealed record InboxItem(
    InboxKind Kind, InboxTask Task, string? Programme, string Name, RegistrationKind? Registration = null, string? Case = null,
    string? Hash = null, DateOnly? DueOn = null, DateOnly? Since = null, int? Approvals = null);

/// <summary>The kinds of what waits.</summary>
[JsonConverter(typeof(WordConverter<InboxKind>))]
public enum InboxKind
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>A draft that passes the checks and is not published.</summary>
    Draft,

    /// <summary>A proposed change of a registration.</summary>
    Proposal,

    /// <summary>An undecided contest.</summary>
    Contest,

    /// <summary>A suspended programme.</summary>
    Suspension,

    /// <summary>An approval to end a programme that waits for another.</summary>
    Ending,

    /// <summary>A registration of a service whose last day comes.</summary>
    Expiry,

    /// <summary>An impact assessment whose last day comes. After it the platform suspends the programme.</summary>
    Assessment,

    /// <summary>A proposed notice of an incident to every participant of a programme.</summary>
    Incident,

    /// <summary>Entries of a programme that no fold could value.</summary>
    SetAside,
}

/// <summary>What to do with what waits.</summary>
[JsonConverter(typeof(WordConverter<InboxTask>))]
public enum InboxTask
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>Read it, and approve it.</summary>
    Approve,

    /// <summary>Judge it. To open the file is an access that the person sees.</summary>
    Judge,

    /// <summary>Approve to resume, when its reason is gone.</summary>
    Resume,

    /// <summary>Propose to register it again, before its last day.</summary>
    Renew,

    /// <summary>Publish a version with a new assessment, before its last day.</summary>
    Assess,

    /// <summary>Mend the cause, and have the entries folded again.</summary>
    Replay,
}
