using System.Globalization;
using System.Text.Json;
using Scoring.Client;
using ClientEvent = Scoring.Client.EventNotice;
using ClientNotice = Scoring.Client.Notice;
using ClientProgramme = Scoring.Client.Programme;

namespace Scoring.Notices;

/// <summary>Makes notices as the API sends them.</summary>
internal static class TestNotices
{
    public static readonly DateOnly Day = new(2026, 11, 24);

    public static readonly ProgrammeResponse Programme = new(
        new ClientProgramme(
            "safe-driver", "Safe driver", "A purpose.", Context.Mobility, SubjectKind.Vehicle, [], 500, 1000, "Europe/Berlin", 30, 730,
            new Controller("City of Example", "contact"), []),
        Day, Suspended: false, Ended: false, 1, "hash", [], [], [],
        [new Service("parking-desk", "safe-driver", "City Parking Ltd", "Discounts", "contact", Day, Context.Mobility)],
        [new SourceResponse("urn:traffic", "City traffic", EventFamily.Traffic, null)], "urn:example");

    public static ClientNotice Entry(string kind, string body, long turn = 1) => new(
        Id(turn, 0), turn, null, kind, Day, "Words of the API.",
        kind == "event" ? new ClientEvent("traffic.trip", "urn:traffic", Json("{}"), 1, []) : null, null, Json(body));

    public static ClientNotice Act(string act, string details = "{}", long number = 1) => new(
        Id(0, number), null, number, act, Day, "Words of the API.", null, null,
        Json($$"""{"act":"{{act}}","words":["Words of the record."],"details":{{details}}}"""));

    public static string Id(long turn, long act) => string.Create(CultureInfo.InvariantCulture, $"{turn}-{act}");

    public static JsonElement Json(string text)
    {
        using var parsed = JsonDocument.Parse(text);
        return parsed.RootElement.Clone();
    }
}
