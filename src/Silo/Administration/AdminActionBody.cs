using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>Writes an administrative action as the body of its entry, in canonical JSON, and reads it back.</summary>
internal static class AdminActionBody
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public static byte[] Write(NewAdminAction act, long number)
    {
        var body = new JsonObject
        {
            ["act"] = act.Act,
            ["at"] = act.At.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture),
            ["by"] = act.By,
            ["number"] = number,
            ["words"] = new JsonArray([.. act.Words.Select(words => (JsonNode)words)]),
        };
        if (act.Programme is { } programme) body["programme"] = programme.Value;
        if (act.Hash is { } hash) body["hash"] = hash;
        if (act.Details is { } details) body["details"] = JsonNode.Parse(details);
        return CanonicalJson.Write(body);
    }

    public static RecordedAdminAction Read(long number, long position, byte[] body)
    {
        using var parsed = JsonDocument.Parse(body);
        var act = parsed.RootElement;
        return new RecordedAdminAction(
            number, position, Text(act, "act")!, Text(act, "programme") is { } programme ? ProgrammeId.Parse(programme) : null,
            Text(act, "by")!,
            DateTimeOffset.ParseExact(Text(act, "at")!, Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            Text(act, "hash"), [.. act.GetProperty("words").EnumerateArray().Select(words => words.GetString()!)],
            act.TryGetProperty("details", out var details) ? details.GetRawText() : null);
    }

    private static string? Text(JsonElement act, string name) => act.TryGetProperty(name, out var value) ? value.GetString() : null;
}
