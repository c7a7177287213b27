using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.SignIn;

namespace Scoring.Registrations;

/// <summary>A source as it stands in the form.</summary>
/// <param name="Id">Its URI.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Family">The word of its family.</param>
/// <param name="Keys">Its public keys, each a JSON Web Key.</param>
/// <param name="Clients">The clients whose tokens may speak for it, one a line.</param>
/// <param name="LinkUri">The page on which people link handles; empty when it has none.</param>
public sealed record SourceForm(string Id, string Name, string Family, ImmutableList<string> Keys, string Clients, string LinkUri)
    : IRegistrationForm
{
    /// <summary>The greatest number of keys of a source.</summary>
    public const int KeysMax = 16;

    /// <summary>The name of the field that counts the keys, and the id of their end.</summary>
    public const string RowsField = "keys";

    private static readonly string[] Members = ["id", "name", "family", RowsField, "clients", "linkUri"];

    /// <summary>A form with a field for one key.</summary>
    public static SourceForm Empty { get; } = new("", "", "", [""], "", "");

    /// <inheritdoc/>
    public IEnumerable<string> Fields => Members.Concat(Enumerable.Range(0, Keys.Count).Select(KeyField));

    /// <summary>Returns the name and id of the field of a key.</summary>
    public static string KeyField(int row) => string.Create(CultureInfo.InvariantCulture, $"keys-{row}");

    /// <summary>Returns the name of a key; <see langword="null"/> when the text is no key that has one.</summary>
    public static string? KeyName(string key)
    {
        try
        {
            return DocumentMembers.Text(JsonElement.Parse(key), "kid") is { Length: > 0 } name ? name : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads the form that was sent or kept; <see langword="null"/> when there is none.</summary>
    internal static SourceForm? Of(FormValues form)
    {
        if (!int.TryParse(form.Text(RowsField), NumberStyles.None, CultureInfo.InvariantCulture, out var rows)) return null;
        var keys = Enumerable.Range(0, Math.Min(rows, KeysMax)).Select(row => form.Text(KeyField(row)));
        return new SourceForm(
            form.Text("id"), form.Text("name"), form.Text("family"), [.. keys], form.Text("clients"), form.Text("linkUri"));
    }

    /// <summary>Reads a document.</summary>
    internal static SourceForm Of(JsonElement document) => new(
        DocumentMembers.Text(document, "id"), DocumentMembers.Text(document, "name"), DocumentMembers.Text(document, "family"),
        [.. DocumentMembers.Elements(document, "keys").Select(key => JsonSerializer.Serialize(key, DocumentMembers.Indented))],
        string.Join('\n', DocumentMembers.Texts(document, "clients")), DocumentMembers.Text(document, "linkUri"));

    /// <inheritdoc/>
    public JsonElement ToDocument()
    {
        var document = new JsonObject
        {
            ["id"] = Id, ["name"] = Name, ["family"] = Family, ["keys"] = new JsonArray([.. Keys.Select(ReadKey)]),
        };
        var clients = Clients.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (clients.Length > 0) document["clients"] = new JsonArray([.. clients.Select(client => (JsonNode)client)]);
        if (LinkUri.Length > 0) document["linkUri"] = LinkUri;
        return JsonElement.Parse(document.ToJsonString());
    }

    /// <summary>What is no JSON stays a text, so that the platform says what is wrong with it.</summary>
    private static JsonNode? ReadKey(string key)
    {
        try
        {
            return JsonNode.Parse(key);
        }
        catch (JsonException)
        {
            return key;
        }
    }
}
