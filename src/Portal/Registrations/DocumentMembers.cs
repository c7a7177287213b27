using System.Text.Json;

namespace Scoring.Registrations;

/// <summary>Reads members of a registration's document, whatever it is: what is not there is empty.</summary>
internal static class DocumentMembers
{
    /// <summary>How documents are shown to people.</summary>
    public static JsonSerializerOptions Indented { get; } = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns a text, number or boolean as text.</summary>
    public static string Text(JsonElement element, string member) => Find(element, member) is { } value
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => "",
        }
        : "";

    /// <summary>Returns the elements of a list.</summary>
    public static IEnumerable<JsonElement> Elements(JsonElement element, string member) =>
        Find(element, member) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Returns the texts of a list.</summary>
    public static IEnumerable<string> Texts(JsonElement element, string member) =>
        Elements(element, member).Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!);

    private static JsonElement? Find(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) ? value : null;
}
