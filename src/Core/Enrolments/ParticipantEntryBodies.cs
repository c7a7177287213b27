using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Enrolments;

/// <summary>
/// Writes the bodies of the entries that a participant's own actions make: canonical JSON with members in ascending names.
/// </summary>
internal static class ParticipantEntryBodies
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of a consent that is given or renewed.</summary>
    /// <param name="receipt">The signed receipt.</param>
    /// <param name="ruleSet">The hash of the rule set that was shown.</param>
    public static byte[] Consented(string receipt, string ruleSet) => Write(new() { ["receipt"] = receipt, ["ruleSet"] = ruleSet });

    /// <summary>The body of a grant.</summary>
    /// <param name="grant">The grant's public id.</param>
    /// <param name="service">The service that may query.</param>
    /// <param name="until">The end, in UTC to the second; <see langword="null"/> for no end.</param>
    /// <param name="uses">The number of permitted uses; without a limit the member is left out.</param>
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

    /// <summary>The body of a revoked grant.</summary>
    public static byte[] GrantRevoked(string grant) => Write(new() { ["grant"] = grant });

    /// <summary>The body of a pause and of its end: empty, because the kind of entry says everything.</summary>
    public static byte[] Restriction() => Write([]);

    /// <summary>Reads the receipt and the hash of the rule set from the body of a consent.</summary>
    public static (string Receipt, string RuleSet) ConsentOf(byte[] consented)
    {
        using var body = JsonDocument.Parse(consented);
        return (body.RootElement.GetProperty("receipt").GetString()!, body.RootElement.GetProperty("ruleSet").GetString()!);
    }

    private static byte[] Write(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body, Options);
}
