using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Rules;

/// <summary>A rule inside a rule set's document.</summary>
internal static class RuleDocument
{
    private const long PointsMax = 100_000;
    private const long CapMax = 1_000_000;

    public static Rule Read(JsonElement element, string pointer, Problems problems)
    {
        var members = DocumentObject.Of(element, pointer, problems);
        var rule = new Rule(
            members.Form("id", NamePatterns.Word(), NamePatterns.WordHelp),
            members.Form("eventType", NamePatterns.EventType(), NamePatterns.EventTypeHelp),
            members.Has("when") ? ConditionDocument.Read(members.Take("when")!.Value, members.At("when"), problems, 1) : null,
            ReadPoints(members), members.Integer("capPerDay", 1, CapMax) ?? 0, members.Integer("capPerWindow", 1, CapMax) ?? 0,
            (int)(members.Integer("windowDays", 1, FactorTable.DaysMax) ?? 0),
            (int)(members.Integer("halfLifeDays", 0, FactorTable.DaysMax) ?? 0), members.Text("reason", 200));
        members.Close();
        return rule;
    }

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
        var pointer = members.At("points");
        if (element.ValueKind != JsonValueKind.Object)
            return new FixedPoints(members.Whole(element, pointer, -PointsMax, PointsMax) ?? 0);
        var table = DocumentObject.Of(element, pointer, members.Problems);
        var attribute = table.Form("by", NamePatterns.Attribute(), NamePatterns.AttributeHelp);
        var rows = table.Take("rows") is { } inner ? ReadRows(DocumentObject.Of(inner, table.At("rows"), members.Problems)) : [];
        table.Close();
        return new PointsByValue(attribute, rows);
    }

    private static ImmutableArray<PointsRow> ReadRows(DocumentObject rows)
    {
        var read = new List<PointsRow>();
        foreach (var value in rows.Names.Order(StringComparer.Ordinal).ToArray())
            read.Add(new PointsRow(value, rows.Whole(rows.Take(value)!.Value, rows.At(value), -PointsMax, PointsMax) ?? 0));
        if (read.Count is 0 or > 64 && !rows.IsNothing) rows.Problems.Add(rows.Pointer, ProblemCode.CountWrong, "From 1 to 64 rows.");
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
        _ => throw new ArgumentException("A kind of points that this build does not know.", nameof(points)),
    };
}
