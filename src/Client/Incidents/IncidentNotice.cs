using System.Text.Json;

namespace Scoring.Client;

/// <summary>
/// What a participant is told about an incident, in plain words (GDPR Art. 34(2)). No text has control characters or outer blanks.
/// </summary>
/// <param name="Nature">What happened, when, and to which data; 1 to 2,000 characters.</param>
/// <param name="Contact">Where to ask: the data protection officer's name of office and address; 1 to 500 characters.</param>
/// <param name="Consequences">What may follow for the participant; 1 to 2,000 characters.</param>
/// <param name="Measures">What is done about it, and what the participant can do; 1 to 2,000 characters.</param>
public sealed record IncidentNotice(string Nature, string Contact, string Consequences, string Measures)
{
    /// <summary>The kind of a notice, and the act in a record, by which participants were told about an incident.</summary>
    public const string Told = "incident-notified";

    /// <summary>Returns what a notice in a timeline tells about an incident; <see langword="null"/> for every other notice.</summary>
    public static IncidentNotice? Of(Notice notice) =>
        notice is { Act: not null, Kind: Told, Body: { ValueKind: JsonValueKind.Object } body }
        && body.TryGetProperty("details", out var details)
            ? OfDetails(details)
            : null;

    /// <summary>Returns what an action in a record told about an incident; <see langword="null"/> for every other action.</summary>
    public static IncidentNotice? Of(RecordedAdminAction act) => act is { Act: Told, Details: { } details } ? OfDetails(details) : null;

    private static IncidentNotice? OfDetails(JsonElement details) =>
        details.ValueKind == JsonValueKind.Object && details.TryGetProperty("notice", out var notice)
        && notice.ValueKind == JsonValueKind.Object
        && Text(notice, "nature") is { } nature && Text(notice, "contact") is { } contact
        && Text(notice, "consequences") is { } consequences && Text(notice, "measures") is { } measures
            ? new IncidentNotice(nature, contact, consequences, measures)
            : null;

    private static string? Text(JsonElement notice, string name) =>
        notice.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
