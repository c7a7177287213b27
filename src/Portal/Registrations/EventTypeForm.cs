using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.SignIn;

namespace Scoring.Registrations;

/// <summary>An event type as it stands in the form.</summary>
/// <param name="Name">Its name: a family, a dot and a word.</param>
/// <param name="Family">The word of its family.</param>
/// <param name="Origin">The word of its origin.</param>
/// <param name="Context">The word of its context.</param>
/// <param name="Description">What it records.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Version">Its version, from 1.</param>
public sealed record EventTypeForm(
    string Name, string Family, string Origin, string Context, string Description, ImmutableList<AttributeRow> Attributes, int Version = 1)
    : IRegistrationForm
{
    /// <summary>The greatest number of attributes of an event type.</summary>
    public const int AttributesMax = 16;

    /// <summary>The name of the field that counts the rows, and the id of their end.</summary>
    public const string RowsField = "attributes";

    private static readonly string[] Members = ["name", "family", "origin", "context", "description", RowsField];

    /// <summary>A form with nothing in it.</summary>
    public static EventTypeForm Empty { get; } = new("", "", "", "", "", []);

    /// <inheritdoc/>
    public IEnumerable<string> Fields => Members.Concat(Enumerable.Range(0, Attributes.Count).SelectMany(AttributeRow.FieldsOf));

    /// <summary>Reads the form that was sent or kept; <see langword="null"/> when there is none.</summary>
    internal static EventTypeForm? Of(FormValues form)
    {
        if (!int.TryParse(form.Text(RowsField), NumberStyles.None, CultureInfo.InvariantCulture, out var rows)) return null;
        var attributes = Enumerable.Range(0, Math.Min(rows, AttributesMax)).Select(row => AttributeRow.Of(form, row));
        return new EventTypeForm(
            form.Text("name"), form.Text("family"), form.Text("origin"), form.Text("context"), form.Text("description"), [.. attributes]);
    }

    /// <summary>Reads a document.</summary>
    internal static EventTypeForm Of(JsonElement document)
    {
        string Text(string member) => DocumentMembers.Text(document, member);
        return new EventTypeForm(
            Text("name"), Text("family"), Text("origin"), Text("context"), Text("description"),
            [.. DocumentMembers.Elements(document, "attributes").Select(AttributeRow.Of)],
            int.TryParse(Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 1);
    }

    /// <inheritdoc/>
    public JsonElement ToDocument()
    {
        var document = new JsonObject
        {
            ["name"] = Name, ["family"] = Family, ["origin"] = Origin, ["context"] = Context, ["description"] = Description,
            ["attributes"] = new JsonArray([.. Attributes.Select(attribute => attribute.ToJson())]),
        };
        if (Version > 1) document["version"] = Version;
        return JsonElement.Parse(document.ToJsonString());
    }
}
