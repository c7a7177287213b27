using System.Text.Json.Nodes;
using Scoring.Testing;

namespace Scoring.Client.Tests.Requests;

/// <summary>Reads <c>docs/openapi.json</c>, and makes JSON that fits its schemas.</summary>
internal static class ApiDocument
{
    private static readonly JsonNode Document =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "openapi.json")))!;

    /// <summary>The schemas by name.</summary>
    public static JsonObject Schemas => Document["components"]!["schemas"]!.AsObject();

    /// <summary>Every operation.</summary>
    public static IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. from path in Document["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           select new ApiOperation(method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject()),
    ];

    /// <summary>Returns a value of a schema with every member, or with those alone that must be there and null where it may be.</summary>
    public static JsonNode? Sample(JsonNode schema, bool isFull = true)
    {
        if (schema["const"] is { } fixedValue) return fixedValue.DeepClone();
        if (schema["oneOf"] is JsonArray choices)
            return isFull ? Sample(choices.First(choice => (string?)choice!["type"] != "null")!) : null;
        if ((string?)schema["$ref"] is { } reference) return SampleOf(reference.Split('/')[^1], isFull);
        if (schema["enum"] is JsonArray words) return words.First(word => word is not null)!.DeepClone();
        var types = schema["type"] is JsonArray several ? several.Select(type => (string)type!).ToArray() : [(string)schema["type"]!];
        if (!isFull && types.Contains("null")) return null;
        return types.First(type => type != "null") switch
        {
            "array" => new JsonArray(Sample(schema["items"]!, isFull)),
            "boolean" => true,
            "integer" => 7,
            "string" => (string?)schema["format"] switch
            {
                "date" => "2026-11-23",
                "date-time" => "2026-11-23T07:15:00+00:00",
                _ => "a-word",
            },
            _ => SampleObject(schema, isFull),
        };
    }

    private static JsonNode? SampleOf(string name, bool isFull) => name switch
    {
        "Condition" => new JsonObject { ["attribute"] = "speed", ["atLeast"] = 3 },
        "ImmutableArrayOfFactorTableHash" => new JsonObject { ["30"] = "a-hash" },
        _ => Sample(Schemas[name]!, isFull),
    };

    private static JsonObject SampleObject(JsonNode schema, bool isFull)
    {
        if (schema["properties"] is not JsonObject properties) return new JsonObject { ["member"] = 1 };
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        return new JsonObject(
            from property in properties
            where isFull || required.Contains(property.Key)
            select KeyValuePair.Create(property.Key, Sample(property.Value!, isFull)));
    }
}

/// <summary>An operation of the document.</summary>
internal sealed record ApiOperation(string Method, string Path, JsonObject Document)
{
    public string Id => (string)Document["operationId"]!;

    /// <summary>The names of the parameters in the query.</summary>
    public string[] Query =>
    [
        .. from parameter in Document["parameters"]?.AsArray() ?? []
           where (string?)parameter!["in"] == "query"
           select (string)parameter["name"]!,
    ];

    /// <summary>The schemas of the body by media type.</summary>
    public JsonObject? Bodies => Document["requestBody"]?["content"]?.AsObject();

    /// <summary>The schemas of the first answer that is a success, by media type.</summary>
    public JsonObject? Answers => Document["responses"]!.AsObject().First(answer => answer.Key[0] == '2').Value!["content"]?.AsObject();

    /// <summary>Whether a path is of this operation; a literal segment comes before a parameter.</summary>
    public bool IsAt(string method, string path)
    {
        var segments = path.Split('/');
        var template = Path.Split('/');
        return method == Method && segments.Length == template.Length
            && segments.Zip(template).All(pair => pair.First == pair.Second || pair.Second.StartsWith('{'));
    }
}
