using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Scores;

/// <summary>
/// Applies one rule to one event, directly from the rule's JSON. It reads the form that the API serves and the shorter form in a
/// programme's documents.
/// </summary>
public static class RuleReading
{
    /// <summary>Returns the points that the rule gives the event; 0 when the rule does not apply to it.</summary>
    public static BigInteger Points(JsonElement rule, CountedEvent counted)
    {
        if (rule.GetProperty("eventType").GetString() != counted.Type) return 0;
        if (rule.TryGetProperty("when", out var when) && when.ValueKind != JsonValueKind.Null && !Holds(when, counted.Data)) return 0;
        var points = rule.GetProperty("points");
        if (points.ValueKind == JsonValueKind.Number) return points.GetInt64();
        var by = points.TryGetProperty("by", out var named) ? named : points.GetProperty("attribute");
        if (Text(counted.Data, by.GetString()!) is not { } value) return 0;
        var rows = points.GetProperty("rows");
        if (rows.ValueKind == JsonValueKind.Object) return rows.TryGetProperty(value, out var worth) ? worth.GetInt64() : 0;
        foreach (var row in rows.EnumerateArray())
            if (row.GetProperty("value").GetString() == value) return row.GetProperty("points").GetInt64();
        return 0;
    }

    /// <summary>Whether a published condition is true. A comparison with an absent attribute is false.</summary>
    public static bool Holds(JsonElement condition, JsonObject data)
    {
        if (condition.TryGetProperty("all", out var all)) return all.EnumerateArray().All(part => Holds(part, data));
        if (condition.TryGetProperty("any", out var any)) return any.EnumerateArray().Any(part => Holds(part, data));
        if (condition.TryGetProperty("not", out var part)) return !Holds(part, data);
        var attribute = condition.GetProperty("attribute").GetString()!;
        if (Text(data, attribute) is not { } value) return false;
        if (condition.TryGetProperty("oneOf", out var codes)) return codes.EnumerateArray().Any(code => code.GetString() == value);
        var number = BigInteger.Parse(value, CultureInfo.InvariantCulture);
        var (comparison, bound) = condition.TryGetProperty("is", out var word)
            ? (word.GetString()!.Replace("-", ""), condition.GetProperty("value").GetInt64())
            : condition.EnumerateObject().Where(m => m.Name != "attribute").Select(m => (m.Name, m.Value.GetInt64())).Single();
        return comparison.ToLowerInvariant() switch
        {
            "equalto" => number == bound,
            "lessthan" => number < bound,
            "atmost" => number <= bound,
            "atleast" => number >= bound,
            "morethan" => number > bound,
            _ => throw new UnreadableException($"A rule has an unknown comparison: {comparison}."),
        };
    }

    /// <summary>Returns an attribute as rules compare it: a code, <c>true</c> or <c>false</c>, or an integer's digits.</summary>
    private static string? Text(JsonObject data, string attribute) => data[attribute] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var code) => code,
        var other => other.ToJsonString(),
    };
}
