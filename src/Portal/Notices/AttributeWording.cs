using System.Text.Json;
using Scoring.Client;
using Scoring.Languages;

namespace Scoring.Notices;

/// <summary>Writes the value of an event's attribute for people.</summary>
internal sealed class AttributeWording(Texts texts)
{
    /// <summary>Returns an integer with its unit, yes or no, or a code.</summary>
    public string Of(JsonElement value, AttributeDefinition? definition) => value.ValueKind switch
    {
        JsonValueKind.True => texts["common.yes"],
        JsonValueKind.False => texts["common.no"],
        JsonValueKind.Number when value.TryGetInt64(out var number) => WithUnit(number, definition?.Unit ?? ""),
        JsonValueKind.Number => value.GetRawText(),
        _ => value.GetString()!.Replace('-', ' '),
    };

    private string WithUnit(long number, string unit)
    {
        if (unit is "" or "1") return texts.Number(number);
        var key = $"notice.unit-{unit.Replace('/', '-')}";
        return texts.Find(key + "-other") is null ? $"{texts.Number(number)} {unit}" : texts.Count(key, number);
    }
}
