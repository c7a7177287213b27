using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Expected;

/// <summary>Reads one published rule against one event, straight from its JSON.</summary>
public static class RuleReading
{
    /// <summary>The points that the rule gives the event; 0 when it is none of the rule's.</summary>
    public static BigInteger Points(JsonElement rule, CountedEvent one)
    {
        if (rule.GetProperty("eventType").GetString() != one.Type) return 0;
        if (rule.TryGetProperty("when", out var when) && when.ValueKind != JsonValueKind.Null && !Holds(when, one.Data)) return 0;
        var points = rule.GetProperty("points");
        if (points.ValueKind == JsonValueKind.Number) return points.GetInt64();
        var value = Text(one.Data, points.GetProperty("by").GetString()!);
        return value is not null && points.GetProperty("rows").TryGetProperty(value, out var row) ? row.GetInt64() : 0;
    }

    /// <summary>Whether a published condition holds; a comparison with an absent attribute does not.</summary>
    public static bool Holds(JsonElement condition, JsonObject data)
    {
        if (condition.TryGetProperty("all", out var all)) return all.EnumerateArray().All(part => Holds(part, data));
        if (condition.TryGetProperty("any", out var any)) return any.EnumerateArray().Any(part => Holds(part, data));
        if (condition.TryGetProperty("not", out var part)) return !Holds(part, data);
        var attribute = condition.GetProperty("attribute").GetString()!;
        if (Text(data, attribute) is not { } value) return false;
        if (condition.TryGetProperty("oneOf", out var codes)) return codes.EnumerateArray().Any(code => code.GetString() == value);
        var number = BigInteger.Parse(value, CultureInfo.InvariantCulture);
        var comparison = condition.EnumerateObject().Single(member => member.Name != "attribute");
        var bound = comparison.Value.GetInt64();
        return comparison.Name switch
        {
            "equalTo" => number == bound,
            "lessThan" => number < bound,
            "atMost" => number <= bound,
            "atLeast" => number >= bound,
            "moreThan" => number > bound,
            _ => throw new CityException($"City does not know the comparison {comparison.Name}."),
        };
    }

    /// <summary>An attribute as rules compare it: a code, <c>true</c> or <c>false</c>, or an integer's digits.</summary>
    private static string? Text(JsonObject data, string attribute) => data[attribute] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var code) => code,
        var other => other.ToJsonString(),
    };
}
