using System.Text.Json.Nodes;

namespace Scoring.Editing;

/// <summary>The points of a rule: one number, or a table by the value of an attribute with a field for each value.</summary>
internal sealed class PointsShape : DraftShape
{
    /// <summary>The kind that is a table.</summary>
    public const string Table = "by";

    /// <summary>The kind that is one number.</summary>
    public const string Each = "each";

    private const int KeyCharsMax = 40;

    public override bool Fits(JsonNode? node) => node is JsonValue || node is JsonObject table
        && table.All(member => member.Key is "by" or "rows") && table["by"] is null or JsonValue
        && table["rows"] is null or JsonObject
        && (table["rows"] as JsonObject ?? []).All(row => row.Value is JsonValue && IsPlain(row.Key));

    public override void Write(JsonNode? node, string name, DraftFields fields)
    {
        fields.Add($"{name}.kind", node is JsonObject ? Table : Each);
        if (node is not JsonObject table)
        {
            fields.Add($"{name}.each", ScalarShape.Text(node));
            return;
        }
        fields.Add($"{name}.by", ScalarShape.Text(table["by"]));
        foreach (var (value, points) in table["rows"] as JsonObject ?? []) fields.Add($"{name}.row.{value}", ScalarShape.Text(points));
    }

    public override JsonNode? Read(DraftFields fields, string name)
    {
        if (fields.Text($"{name}.kind") != Table) return ScalarShape.Number(fields.Text($"{name}.each"));
        var rows = new JsonObject();
        foreach (var value in fields.Below($"{name}.row").Distinct())
            if (ScalarShape.Number(fields.Text($"{name}.row.{value}")) is { } points) rows[value] = points;
        var table = new JsonObject();
        if (fields.Text($"{name}.by") is { Length: > 0 } attribute) table["by"] = attribute;
        table["rows"] = rows;
        return table;
    }

    private static bool IsPlain(string key) =>
        key.Length is > 0 and <= KeyCharsMax && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
