using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Enrolments;

/// <summary>Bodies of the entries that a participant's own acts make: canonical JSON, members in ascending names.</summary>
internal static class ParticipantEntryBodies
{
    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Consent, given or renewed.</summary>
    public static byte[] Consented(string receipt, string ruleSet) => Write(new() { ["receipt"] = receipt, ["ruleSet"] = ruleSet });

    /// <summary>A grant; the number of uses stands there only when there is one.</summary>
    public static byte[] Granted(string grant, string service, DateTimeOffset? until, int? uses)
    {
        var body = new JsonObject
        {
            ["grant"] = grant,
            ["service"] = service,
            ["until"] = until?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        if (uses is { } number) body.Insert(3, "uses", number);
        return Write(body);
    }

    public static byte[] GrantRevoked(string grant) => Write(new() { ["grant"] = grant });

    /// <summary>The pause and its end say nothing but that they happened.</summary>
    public static byte[] Restriction() => Write([]);

    /// <summary>The receipt in an entry of consent, and the hash of the rule set consented to.</summary>
    public static (string Receipt, string RuleSet) ConsentOf(byte[] consented)
    {
        using var body = JsonDocument.Parse(consented);
        return (body.RootElement.GetProperty("receipt").GetString()!, body.RootElement.GetProperty("ruleSet").GetString()!);
    }

    private static byte[] Write(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body, Form);
}
