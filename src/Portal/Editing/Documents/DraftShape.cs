using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Editing;

/// <summary>
/// How a part of a draft is shown as fields, and made from them again. What does not fit the fields is kept as JSON in the field
/// <c>extra</c> of its object, so that nothing is lost.
/// </summary>
internal abstract class DraftShape
{
    /// <summary>Whether the fields can show a value; a missing one always.</summary>
    public abstract bool Fits(JsonNode? node);

    /// <summary>Writes a value that fits as fields.</summary>
    public abstract void Write(JsonNode? node, string name, DraftFields fields);

    /// <summary>Makes the value from fields; <see langword="null"/> for a missing one.</summary>
    public abstract JsonNode? Read(DraftFields fields, string name);
}

/// <summary>A text or a number in one field.</summary>
/// <param name="isNumber">Whether a text that is a number becomes one.</param>
internal sealed class ScalarShape(bool isNumber) : DraftShape
{
    /// <summary>Returns a value as it is shown.</summary>
    public static string Text(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
        : "";

    /// <summary>Returns a number where the text is one, and the text otherwise, so that a check can say what is wrong with it.</summary>
    public static JsonNode? Number(string text)
    {
        if (text.Length == 0) return null;
        try
        {
            // Also a fraction or a number that is too large stays as it was typed.
            return JsonNode.Parse(text) is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value : JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    public override bool Fits(JsonNode? node) => node is JsonValue;

    public override void Write(JsonNode? node, string name, DraftFields fields) => fields.Add(name, Text(node));

    public override JsonNode? Read(DraftFields fields, string name)
    {
        var text = fields.Text(name);
        return text.Length == 0 ? null : isNumber ? Number(text) : JsonValue.Create(text);
    }
}

/// <summary>A list of texts: as fields of one name, or as the lines of one field.</summary>
/// <param name="inLines">Whether they are the lines of one field.</param>
internal sealed class TextsShape(bool inLines) : DraftShape
{
    public override bool Fits(JsonNode? node) => node is JsonArray all && all.All(part =>
        part is JsonValue value && value.GetValueKind() == JsonValueKind.String && IsPlain(value.GetValue<string>()));

    public override void Write(JsonNode? node, string name, DraftFields fields)
    {
        var texts = node is JsonArray all ? [.. all.Select(part => part!.GetValue<string>())] : Array.Empty<string>();
        if (inLines) fields.Add(name, string.Join('\n', texts));
        else
            foreach (var text in texts) fields.Add(name, text);
    }

    public override JsonNode Read(DraftFields fields, string name)
    {
        var texts = inLines
            ? fields.Text(name).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : fields.Texts(name);
        return new JsonArray([.. texts.Select(text => JsonValue.Create(text))]);
    }

    private static bool IsPlain(string text) => text.Length > 0 && text.Trim() == text && !text.Any(char.IsControl);
}

/// <summary>An object, each of its members with its own shape.</summary>
/// <param name="members">The members in the order in which the object is written.</param>
internal sealed class ObjectShape(params (string Name, DraftShape Shape)[] members) : DraftShape
{
    private const string Extra = "extra";

    public override bool Fits(JsonNode? node) => node is JsonObject;

    public override void Write(JsonNode? node, string name, DraftFields fields)
    {
        var rest = (node as JsonObject)?.DeepClone().AsObject() ?? [];
        foreach (var (member, shape) in members)
        {
            var fits = rest.ContainsKey(member) && shape.Fits(rest[member]);
            shape.Write(fits ? rest[member] : null, Join(name, member), fields);
            if (fits) rest.Remove(member);
        }
        if (rest.Count > 0) fields.Add(Join(name, Extra), rest.ToJsonString(DraftDocument.Compact));
    }

    public override JsonObject Read(DraftFields fields, string name)
    {
        var rest = DraftDocument.TryRead(fields.Text(Join(name, Extra)), out var kept) ? kept : [];
        var read = new JsonObject();
        foreach (var (member, shape) in members)
        {
            var value = shape.Read(fields, Join(name, member));
            if (IsEmpty(value) && rest.ContainsKey(member)) continue;
            if (value is not null) read[member] = value;
            rest.Remove(member);
        }
        foreach (var (member, value) in rest) read[member] = value?.DeepClone();
        return read;
    }

    private static bool IsEmpty(JsonNode? node) =>
        node is null or JsonArray { Count: 0 } || node is JsonObject all && all.All(member => IsEmpty(member.Value));

    private static string Join(string name, string member) => name.Length == 0 ? member : $"{name}.{member}";
}

/// <summary>A list of objects.</summary>
/// <param name="element">The shape of an element.</param>
internal sealed class ListShape(ObjectShape element) : DraftShape
{
    public override bool Fits(JsonNode? node) => node is JsonArray all && all.All(element.Fits);

    public override void Write(JsonNode? node, string name, DraftFields fields)
    {
        foreach (var (index, part) in (node as JsonArray ?? []).Index()) element.Write(part, $"{name}.{index}", fields);
    }

    public override JsonNode Read(DraftFields fields, string name) =>
        new JsonArray([.. fields.Indexes(name).Select(index => (JsonNode)element.Read(fields, $"{name}.{index}"))]);
}
