using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Scoring.Testing;

/// <summary>
/// Implements the part of JSON Schema (draft 2020-12) that the project's schemas use. An unknown keyword is an error, so that no rule of a
/// schema is skipped silently.
/// </summary>
public sealed class SmallSchema(JsonNode root)
{
    private static readonly string[] Notes = ["$schema", "$id", "$defs", "title", "description", "then", "else"];

    /// <summary>Reads a schema from a file in <c>docs</c>.</summary>
    public static SmallSchema OfDocs(string name) =>
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", name)))!);

    /// <summary>Returns the faults of a value, each with its JSON pointer and keyword.</summary>
    public IReadOnlyList<string> Faults(JsonNode? value)
    {
        var faults = new List<string>();
        Check(root, value, "", faults);
        return faults;
    }

    private void Check(JsonNode schema, JsonNode? value, string at, List<string> faults)
    {
        foreach (var (keyword, rule) in schema.AsObject())
        {
            if (Notes.Contains(keyword)) continue;
            var holds = keyword switch
            {
                "$ref" => Part(Resolved((string)rule!), value, at, faults),
                "type" => IsOf((string)rule!, value),
                "const" => JsonNode.DeepEquals(rule, value),
                "enum" => rule!.AsArray().Any(one => JsonNode.DeepEquals(one, value)),
                "required" => value is not JsonObject o || rule!.AsArray().All(name => o.ContainsKey((string)name!)),
                "properties" => Members(rule!, value, at, faults),
                "additionalProperties" => Others(schema, rule!, value, at, faults),
                "items" => Elements(rule!, value, at, faults),
                "contains" => value is not JsonArray a || a.Any(one => Holds(rule!, one)),
                "minItems" => value is not JsonArray a || a.Count >= (int)rule!,
                "maxItems" => value is not JsonArray a || a.Count <= (int)rule!,
                "minLength" => Text(value) is not { } text || text.Length >= (int)rule!,
                "pattern" => Text(value) is not { } text || Regex.IsMatch(text, (string)rule!, RegexOptions.CultureInvariant),
                "minimum" => value is not JsonValue number || !number.TryGetValue<long>(out var found) || found >= (long)rule!,
                "allOf" => rule!.AsArray().All(one => Part(one!, value, at, faults)),
                "anyOf" => rule!.AsArray().Any(one => Holds(one!, value)),
                "if" => (Holds(rule!, value) ? schema["then"] : schema["else"]) is not { } then || Part(then, value, at, faults),
                _ => throw new NotSupportedException($"The keyword {keyword} is not supported."),
            };
            if (!holds) faults.Add($"{at}: {keyword}");
        }
    }

    private bool Holds(JsonNode schema, JsonNode? value)
    {
        var faults = new List<string>();
        Check(schema, value, "", faults);
        return faults.Count == 0;
    }

    // Faults inside the part have their own pointers, so the keyword that led here is no further fault.
    private bool Part(JsonNode schema, JsonNode? value, string at, List<string> faults)
    {
        Check(schema, value, at, faults);
        return true;
    }

    private bool Members(JsonNode rules, JsonNode? value, string at, List<string> faults)
    {
        foreach (var (name, rule) in rules.AsObject())
            if (value is JsonObject o && o.ContainsKey(name)) Check(rule!, o[name], $"{at}/{name}", faults);
        return true;
    }

    private bool Others(JsonNode schema, JsonNode rule, JsonNode? value, string at, List<string> faults)
    {
        if (value is not JsonObject o) return true;
        foreach (var (name, member) in o)
        {
            if (schema["properties"]?.AsObject().ContainsKey(name) == true) continue;
            if (rule is JsonValue) faults.Add($"{at}/{name}: not expected here");
            else Check(rule, member, $"{at}/{name}", faults);
        }
        return true;
    }

    private bool Elements(JsonNode rule, JsonNode? value, string at, List<string> faults)
    {
        if (value is JsonArray a)
            for (var i = 0; i < a.Count; i++) Check(rule, a[i], $"{at}/{i}", faults);
        return true;
    }

    private JsonNode Resolved(string reference) =>
        reference.Split('/').Skip(1).Aggregate(root, (node, name) => node[name] ?? throw new KeyNotFoundException(reference));

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "integer" => value is JsonValue number && number.TryGetValue<long>(out _),
        _ => throw new NotSupportedException($"The type {type} is not supported."),
    };

    private static string? Text(JsonNode? value) => value is JsonValue one && one.TryGetValue<string>(out var text) ? text : null;
}
