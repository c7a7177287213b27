using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Rules;

/// <summary>Writes and reads a rule of a rule set's document.</summary>
internal static class RuleDocument
{
    private const long PointsMax = 100_000;
    private const long CapMax = 1_000_000;
    private const int RowsMax = 64;

    /// <summary>Reads a rule. A faulty part is empty in the result; a faulty number is 0.</summary>
    public static Rule Read(JsonElement element, string pointer, Problems problems)
    {
        var members = DocumentObject.Of(element, pointer, problems);
        var rule = new Rule(
            members.ReadName("id", NamePatterns.Word(), NamePatterns.WordHelp),
            members.ReadName("eventType", NamePatterns.EventType(), NamePatterns.EventTypeHelp),
            members.Has("when") ? ConditionDocument.Read(members.Take("when")!.Value, members.PointerTo("when"), problems, 1) : null,
            ReadPoints(members), members.ReadInteger("capPerDay", 1, CapMax) ?? 0, members.ReadInteger("capPerWindow", 1, CapMax) ?? 0,
            (int)(members.ReadInteger("windowDays", 1, FactorTable.DaysMax) ?? 0),
            (int)(members.ReadInteger("halfLifeDays", 0, FactorTable.DaysMax) ?? 0), members.ReadText("reason", 200));
        members.Close();
        return rule;
    }

    /// <summary>Writes a rule as JSON.</summary>
    /// <exception cref="ArgumentException">The rule has an unknown kind of condition or points.</exception>
    public static JsonNode Write(Rule rule)
    {
        var document = new JsonObject
        {
            ["id"] = rule.Id,
            ["eventType"] = rule.EventType,
            ["points"] = Write(rule.Points),
            ["capPerDay"] = rule.CapPerDay,
            ["capPerWindow"] = rule.CapPerWindow,
            ["windowDays"] = rule.WindowDays,
            ["halfLifeDays"] = rule.HalfLifeDays,
            ["reason"] = rule.Reason,
        };
        if (rule.When is not null) document["when"] = ConditionDocument.Write(rule.When);
        return document;
    }

    private static Points ReadPoints(DocumentObject members)
    {
        if (members.Take("points") is not { } element) return new FixedPoints(0);
        var pointer = members.PointerTo("points");
        if (element.ValueKind != JsonValueKind.Object)
            return new FixedPoints(members.ReadInteger(element, pointer, -PointsMax, PointsMax) ?? 0);
        var table = DocumentObject.Of(element, pointer, members.Problems);
        var attribute = table.ReadName("by", NamePatterns.Attribute(), NamePatterns.AttributeHelp);
        var rows = table.Take("rows") is { } inner ? ReadRows(DocumentObject.Of(inner, table.PointerTo("rows"), members.Problems)) : [];
        table.Close();
        return new PointsByValue(attribute, rows);
    }

    private static ImmutableArray<PointsRow> ReadRows(DocumentObject rows)
    {
        var read = new List<PointsRow>();
        foreach (var value in rows.Names.Order(StringComparer.Ordinal).ToArray())
            read.Add(new PointsRow(value, rows.ReadInteger(rows.Take(value)!.Value, rows.PointerTo(value), -PointsMax, PointsMax) ?? 0));
        if (read.Count is 0 or > RowsMax && !rows.IsNotObject)
            rows.Problems.Add(rows.Pointer, ProblemCode.CountWrong, $"1 to {RowsMax} rows are expected.");
        return [.. read];
    }

    private static JsonNode Write(Points points) => points switch
    {
        FixedPoints same => same.Value,
        PointsByValue byValue => new JsonObject
        {
            ["by"] = byValue.Attribute,
            ["rows"] = new JsonObject(byValue.Rows.Select(row => KeyValuePair.Create(row.Value, (JsonNode?)row.Points))),
        },
        _ => throw new ArgumentException("This build does not know the kind of points.", nameof(points)),
    };
}
