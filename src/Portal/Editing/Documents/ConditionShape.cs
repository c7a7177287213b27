using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Editing;

/// <summary>
/// The condition of a rule: a comparison, or a group of comparisons and of groups. What is nested deeper than the form shows is one field
/// of JSON.
/// </summary>
internal sealed class ConditionShape : DraftShape
{
    /// <summary>The kind that is no condition.</summary>
    public const string Always = "always";

    /// <summary>The kind that is a comparison.</summary>
    public const string One = "one";

    /// <summary>The kind that only the JSON side shows.</summary>
    public const string Json = "json";

    /// <summary>The comparison of a code or a boolean.</summary>
    public const string OneOf = "oneOf";

    /// <summary>How many levels the form shows: groups in groups, and comparisons in the last.</summary>
    public const int LevelsMax = 4;

    /// <summary>The comparisons of integers.</summary>
    public static readonly string[] Comparisons = ["equalTo", "lessThan", "atMost", "atLeast", "moreThan"];

    public override bool Fits(JsonNode? node) => node is JsonObject;

    public override void Write(JsonNode? node, string name, DraftFields fields)
    {
        if (node is null) fields.Add($"{name}.kind", Always);
        else Write(node, name, fields, 1);
    }

    public override JsonNode? Read(DraftFields fields, string name)
    {
        var parts = fields.Indexes($"{name}.parts").Select(index => Read(fields, $"{name}.parts.{index}") ?? new JsonObject()).ToList();
        // Another kind was chosen: what is there is taken into it.
        if (parts.Count == 0 && fields.Text($"{name}.attribute").Length > 0) parts.Add(Comparison(fields, name));
        return fields.Text($"{name}.kind") switch
        {
            "all" => Group("all", parts),
            "any" => Group("any", parts),
            "not" => new JsonObject { ["not"] = parts.Count switch { 0 => new JsonObject(), 1 => parts[0], _ => Group("all", parts) } },
            One => parts.Count > 0 ? parts[0] : Comparison(fields, name),
            Json => Parse(fields.Text($"{name}.json")),
            _ => null,
        };
    }

    private static void Write(JsonNode node, string name, DraftFields fields, int level)
    {
        if (KindOf(node, level) is not { } kind)
        {
            fields.Add($"{name}.kind", Json);
            fields.Add($"{name}.json", node.ToJsonString(DraftDocument.Compact));
            return;
        }
        fields.Add($"{name}.kind", kind);
        if (kind == One) WriteComparison(node.AsObject(), name, fields);
        else
            foreach (var (index, part) in Parts(node, kind).Index()) Write(part!, $"{name}.parts.{index}", fields, level + 1);
    }

    private static IEnumerable<JsonNode?> Parts(JsonNode node, string kind) =>
        kind == "not" ? Enumerable.Repeat(node["not"], 1) : node[kind]!.AsArray();

    private static string? KindOf(JsonNode node, int level) => node is not JsonObject condition ? null : condition switch
    {
        { Count: 1 } when level < LevelsMax && condition["all"] is JsonArray all && all.All(part => part is JsonObject) => "all",
        { Count: 1 } when level < LevelsMax && condition["any"] is JsonArray any && any.All(part => part is JsonObject) => "any",
        { Count: 1 } when level < LevelsMax && condition["not"] is JsonObject => "not",
        { Count: 0 } => One,
        _ when IsText(condition["attribute"]) && IsComparison(condition) => One,
        _ => null,
    };

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String;

    private static bool IsComparison(JsonObject condition)
    {
        if (condition.Count == 1) return true;
        if (condition.Count != 2) return false;
        var (name, value) = condition.First(member => member.Key != "attribute");
        return name == OneOf
            ? value is JsonArray { Count: > 0 } all && all.All(IsText)
            : Comparisons.Contains(name) && value is JsonValue;
    }

    private static void WriteComparison(JsonObject condition, string name, DraftFields fields)
    {
        fields.Add($"{name}.attribute", ScalarShape.Text(condition["attribute"]));
        var (comparison, value) = condition.FirstOrDefault(member => member.Key != "attribute");
        fields.Add($"{name}.op", comparison ?? "");
        if (value is JsonArray all)
            foreach (var part in all) fields.Add($"{name}.oneOf", part!.GetValue<string>());
        else fields.Add($"{name}.value", ScalarShape.Text(value));
    }

    private static JsonObject Comparison(DraftFields fields, string name)
    {
        var condition = new JsonObject();
        if (fields.Text($"{name}.attribute") is { Length: > 0 } attribute) condition["attribute"] = attribute;
        if (fields.Texts($"{name}.oneOf") is { Count: > 0 } values)
            condition[OneOf] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        else if (fields.Text($"{name}.op") is var comparison && Comparisons.Contains(comparison)
            && ScalarShape.Number(fields.Text($"{name}.value")) is { } value) condition[comparison] = value;
        return condition;
    }

    private static JsonObject Group(string kind, IEnumerable<JsonNode> parts) => new() { [kind] = new JsonArray([.. parts]) };

    private static JsonNode? Parse(string json) => DraftDocument.TryRead(json, out var read) ? read : null;
}
