using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// Writes and reads an event type as a document: <c>{name, family, origin, context, description, attributes}</c>, and <c>version</c> from
/// version 2 on.
/// </summary>
public static class EventTypeDocument
{
    private const int VersionMax = 1_000_000;
    private const int CodesMax = 64;
    private static readonly string[] ReservedNames = ["programme", "handle"];

    /// <summary>Writes the canonical document of an event type.</summary>
    public static byte[] Write(EventType type)
    {
        var document = Members(type);
        if (type.Version > 1) document["version"] = type.Version;
        return CanonicalJson.Write(document);
    }

    private static JsonObject Members(EventType type) => new()
    {
        ["name"] = type.Name,
        ["family"] = EnumNames.Families.Of(type.Family),
        ["origin"] = EnumNames.Origins.Of(type.Origin),
        ["context"] = EnumNames.Contexts.Of(type.Context),
        ["description"] = type.Description,
        ["attributes"] = new JsonArray([.. type.Attributes.Select(Write)]),
    };

    /// <summary>Reads the document. A faulty part is empty in the result.</summary>
    internal static EventType Read(JsonElement element, string pointer, Problems problems)
    {
        var members = DocumentObject.Of(element, pointer, problems);
        var name = members.ReadName("name", NamePatterns.EventType(), NamePatterns.EventTypeHelp);
        var type = new EventType(
            name, members.ReadWord("family", EnumNames.Families), members.ReadWord("origin", EnumNames.Origins),
            members.ReadWord("context", EnumNames.Contexts),
            members.ReadText("description", 300), ReadAttributes(members))
        {
            Version = members.Has("version") ? (int)(members.ReadInteger("version", 1, VersionMax) ?? 0) : 1,
        };
        members.Close();
        if (name.Length > 0 && type.Family != 0 && !name.StartsWith(EnumNames.Families.Of(type.Family) + ".", StringComparison.Ordinal))
            problems.Add(members.PointerTo("family"), ProblemCode.FamilyMismatch, "The name does not begin with this family.");
        return type;
    }

    private static ImmutableArray<AttributeDefinition> ReadAttributes(DocumentObject members)
    {
        var attributes = new List<AttributeDefinition>();
        foreach (var (element, pointer) in members.ReadArray("attributes", 0, EntryBodyReader.AttributesMax))
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
        var name = members.ReadName("name", NamePatterns.Attribute(), NamePatterns.AttributeHelp);
        if (ReservedNames.Contains(name))
            problems.Add(members.PointerTo("name"), ProblemCode.FormWrong, "This name is reserved: it has another meaning in an event.");
        var kind = members.ReadWord("kind", EnumNames.AttributeKinds);
        var isRequired = members.ReadBoolean("required");
        var description = members.ReadText("description", 300);
        var (unit, min, max) = kind == AttributeKind.Integer ? ReadRange(members) : ("", 0, 0);
        var codes = kind == AttributeKind.Code ? ReadCodes(members) : [];
        if (kind != 0) members.Close();
        return new AttributeDefinition(name, kind, isRequired, unit, min, max, codes, description);
    }

    private static (string Unit, long Min, long Max) ReadRange(DocumentObject members)
    {
        var unit = members.ReadText("unit", 20);
        var min = members.ReadInteger("min", -CanonicalJson.IntegerMax, CanonicalJson.IntegerMax);
        var max = members.ReadInteger("max", -CanonicalJson.IntegerMax, CanonicalJson.IntegerMax);
        if (min > max)
            members.Problems.Add(members.PointerTo("max"), ProblemCode.OutOfRange, "The greatest value is below the least value.");
        return (unit, min ?? 0, max ?? 0);
    }

    private static ImmutableArray<string> ReadCodes(DocumentObject members)
    {
        var codes = ImmutableArray.CreateBuilder<string>();
        foreach (var (element, pointer) in members.ReadArray("codes", 1, CodesMax))
        {
            var code = members.ReadName(element, pointer, NamePatterns.Word(), NamePatterns.WordHelp);
            if (code.Length > 0 && codes.Contains(code)) members.Problems.Add(pointer, ProblemCode.Duplicate, "This code occurs twice.");
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
