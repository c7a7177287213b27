using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// An event type as a document: <c>{name, family, origin, context, description, attributes}</c>, and <c>version</c> from 2 on.
/// </summary>
public static class EventTypeDocument
{
    private const int VersionMax = 1_000_000;
    private static readonly string[] Reserved = ["programme", "handle"];

    /// <summary>The canonical document of an event type.</summary>
    public static byte[] Write(EventType type)
    {
        var document = Written(type);
        if (type.Version > 1) document["version"] = type.Version;
        return CanonicalJson.Write(document);
    }

    private static JsonObject Written(EventType type) => new()
    {
        ["name"] = type.Name,
        ["family"] = EnumNames.Families.Of(type.Family),
        ["origin"] = EnumNames.Origins.Of(type.Origin),
        ["context"] = EnumNames.Contexts.Of(type.Context),
        ["description"] = type.Description,
        ["attributes"] = new JsonArray([.. type.Attributes.Select(Write)]),
    };

    internal static EventType Read(JsonElement element, string pointer, Problems problems)
    {
        var members = DocumentObject.Of(element, pointer, problems);
        var name = members.Form("name", NamePatterns.EventType(), NamePatterns.EventTypeHelp);
        var type = new EventType(
            name, members.Word("family", EnumNames.Families), members.Word("origin", EnumNames.Origins),
            members.Word("context", EnumNames.Contexts),
            members.Text("description", 300), ReadAttributes(members))
        {
            Version = members.Has("version") ? (int)(members.Integer("version", 1, VersionMax) ?? 0) : 1,
        };
        members.Close();
        if (name.Length > 0 && type.Family != 0 && !name.StartsWith(EnumNames.Families.Of(type.Family) + ".", StringComparison.Ordinal))
            problems.Add(members.At("family"), ProblemCode.FamilyMismatch, "The name begins with another family.");
        return type;
    }

    private static ImmutableArray<AttributeDefinition> ReadAttributes(DocumentObject members)
    {
        var attributes = new List<AttributeDefinition>();
        foreach (var (element, pointer) in members.List("attributes", 0, EntryBodyReader.AttributesMax))
        {
            var attribute = ReadAttribute(element, pointer, members.Problems);
            if (attribute.Name.Length > 0 && attributes.Exists(other => other.Name == attribute.Name))
                members.Problems.Add($"{pointer}/name", ProblemCode.Duplicate, "Another attribute has this name.");
            attributes.Add(attribute);
        }
        return [.. attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal)];
    }

    private static AttributeDefinition ReadAttribute(JsonElement element, string pointer, Problems problems)
    {
        var members = DocumentObject.Of(element, pointer, problems);
        var name = members.Form("name", NamePatterns.Attribute(), NamePatterns.AttributeHelp);
        if (Reserved.Contains(name)) problems.Add(members.At("name"), ProblemCode.FormWrong, "This name has another meaning in an event.");
        var kind = members.Word("kind", EnumNames.AttributeKinds);
        var (required, description) = (members.Boolean("required"), members.Text("description", 300));
        var (unit, min, max) = kind == AttributeKind.Integer ? ReadRange(members) : ("", 0, 0);
        var codes = kind == AttributeKind.Code ? ReadCodes(members) : [];
        if (kind != 0) members.Close();
        return new AttributeDefinition(name, kind, required, unit, min, max, codes, description);
    }

    private static (string Unit, long Min, long Max) ReadRange(DocumentObject members)
    {
        var unit = members.Text("unit", 20);
        var min = members.Integer("min", -CanonicalJson.IntegerMax, CanonicalJson.IntegerMax);
        var max = members.Integer("max", -CanonicalJson.IntegerMax, CanonicalJson.IntegerMax);
        if (min > max) members.Problems.Add(members.At("max"), ProblemCode.OutOfRange, "The greatest value is below the least.");
        return (unit, min ?? 0, max ?? 0);
    }

    private static ImmutableArray<string> ReadCodes(DocumentObject members)
    {
        var codes = ImmutableArray.CreateBuilder<string>();
        foreach (var (element, pointer) in members.List("codes", 1, 64))
        {
            var code = members.Formed(element, pointer, NamePatterns.Word(), NamePatterns.WordHelp);
            if (code.Length > 0 && codes.Contains(code)) members.Problems.Add(pointer, ProblemCode.Duplicate, "This code is there twice.");
            codes.Add(code);
        }
        return codes.ToImmutable();
    }

    private static JsonObject Write(AttributeDefinition attribute)
    {
        var document = new JsonObject
        {
            ["name"] = attribute.Name,
            ["kind"] = EnumNames.AttributeKinds.Of(attribute.Kind),
            ["required"] = attribute.Required,
            ["description"] = attribute.Description,
        };
        if (attribute.Kind == AttributeKind.Integer)
        {
            document["unit"] = attribute.Unit;
            document["min"] = attribute.Min;
            document["max"] = attribute.Max;
        }
        if (attribute.Kind == AttributeKind.Code)
            document["codes"] = new JsonArray([.. attribute.Codes.Select(code => (JsonNode)code)]);
        return document;
    }
}
