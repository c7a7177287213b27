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
        if (points.TryGetProperty("value", out var same)) return same.GetInt64();
        var value = Text(one.Data, points.GetProperty("attribute").GetString()!);
        foreach (var row in points.GetProperty("rows").EnumerateArray())
            if (row.GetProperty("value").GetString() == value) return row.GetProperty("points").GetInt64();
        return 0;
    }

    /// <summary>Whether a published condition holds; a comparison with an absent attribute does not.</summary>
    public static bool Holds(JsonElement condition, JsonObject data)
    {
        if (condition.TryGetProperty("all", out var all)) return all.EnumerateArray().All(part => Holds(part, data));
        if (condition.TryGetProperty("any", out var any)) return any.EnumerateArray().Any(part => Holds(part, data));
        if (condition.TryGetProperty("not", out var part)) return !Holds(part, data);
        var attribute = condition.GetProperty("attribute").GetString()!;
        if (Text(data, attribute) is not { } value) return false;
        if (condition.TryGetProperty("values", out var values)) return values.EnumerateArray().Any(one => one.GetString() == value);
        var (left, right) = (BigInteger.Parse(value, System.Globalization.CultureInfo.InvariantCulture), condition.GetProperty("value").GetInt64());
        var comparison = condition.GetProperty("operator").GetString()!;
        return comparison switch
        {
            "equalTo" => left == right,
            "lessThan" => left < right,
            "atMost" => left <= right,
            "atLeast" => left >= right,
            "moreThan" => left > right,
            _ => throw new CityException($"City does not know the comparison {comparison}."),
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
