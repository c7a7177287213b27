using System.Text.Json;

namespace Scoring.Client;

/// <summary>A page of the timeline.</summary>
/// <param name="Notices">
/// Newest first: entries in descending turns and administrative actions in descending numbers, merged by day. Within one day the
/// actions come before the entries.
/// </param>
/// <param name="Below">The next page has what is below this place; <see langword="null"/> at the end.</param>
public sealed record NoticesPage(IReadOnlyList<Notice> Notices, string? Below);

/// <summary>Something that happened to a subject. Either <c>turn</c> or <c>act</c> is set, and names it permanently.</summary>
/// <param name="Id">The place in the timeline that this notice reaches, as <c>turn-act</c>. Later notices come after it.</param>
/// <param name="Turn">The turn of the entry; <see langword="null"/> for an administrative action.</param>
/// <param name="Act">The number of the administrative action; <see langword="null"/> for an entry.</param>
/// <param name="Kind">The entry's kind or the action's word, in kebab-case.</param>
/// <param name="Day">Its day, in the programme's zone.</param>
/// <param name="Words">What happened, in one plain sentence.</param>
/// <param name="Event">The details of an event; <see langword="null"/> for other kinds.</param>
/// <param name="Look">The details of an access; <see langword="null"/> for other kinds.</param>
/// <param name="Body">The entry's body as it is stored and hashed; its members depend on the kind.</param>
public sealed record Notice(
    string Id, long? Turn, long? Act, string Kind, DateOnly Day, string Words, EventNotice? Event, AccessNotice? Look,
    JsonElement? Body);

/// <summary>
/// An event and the points that the rules give it, before caps, fading, contests and corrections. The score's explanation shows
/// those.
/// </summary>
/// <param name="Type">The event type.</param>
/// <param name="Source">The source that sent it.</param>
/// <param name="Data">The event's attributes as they are stored.</param>
/// <param name="RuleSet">Number of the rule set in force on its day.</param>
/// <param name="Points">The points that each rule of that rule set gives it. Rules that give nothing are left out.</param>
public sealed record EventNotice(string Type, string Source, JsonElement Data, int RuleSet, IReadOnlyList<NoticePoints> Points);

/// <summary>The points that one rule gives one event.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Its reason in plain words.</param>
/// <param name="Points">The points.</param>
public sealed record NoticePoints(string Rule, string Reason, long Points);

/// <summary>
/// A recorded access. The access log shows what was answered. The names are those registered today; a service that is no longer
/// registered has its id alone.
/// </summary>
/// <param name="At">The instant, to the second.</param>
/// <param name="Service">The service's id; <see langword="null"/> when the access is no service's query.</param>
/// <param name="LegalEntity">The service's full legal name.</param>
/// <param name="Purpose">The purpose of the service's queries.</param>
/// <param name="Contact">Where a person reaches the service.</param>
/// <param name="Reference">The reference of the answer that the service got.</param>
public sealed record AccessNotice(
    DateTimeOffset? At, string? Service, string? LegalEntity, string? Purpose, string? Contact, string? Reference);
