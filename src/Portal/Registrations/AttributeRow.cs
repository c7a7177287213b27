using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Client;
using Scoring.SignIn;

namespace Scoring.Registrations;

/// <summary>One attribute of an event type as it stands in the form: every member is what was typed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The word of its kind.</param>
/// <param name="Required"><c>true</c> when every event must carry it.</param>
/// <param name="Description">What it means.</param>
/// <param name="Unit">The unit of an integer.</param>
/// <param name="Min">The least value of an integer.</param>
/// <param name="Max">The greatest value of an integer.</param>
/// <param name="Codes">The values of a code, separated by blanks.</param>
public sealed record AttributeRow(
    string Name = "", string Kind = "", string Required = "", string Description = "", string Unit = "", string Min = "", string Max = "",
    string Codes = "")
{
    private static readonly char[] Separators = [' ', ',', ';', '\t', '\r', '\n'];

    private static readonly string[] Members = ["name", "kind", "required", "description", "unit", "min", "max", "codes"];

    /// <summary>Returns the name and id of a field of a row.</summary>
    public static string FieldOf(int row, string member) => string.Create(CultureInfo.InvariantCulture, $"attributes-{row}-{member}");

    /// <summary>Returns the names of a row's fields.</summary>
    public static IEnumerable<string> FieldsOf(int row) => Members.Select(member => FieldOf(row, member));

    /// <summary>Reads a row of a form.</summary>
    internal static AttributeRow Of(FormValues form, int row)
    {
        string Text(string member) => form.Text(FieldOf(row, member));
        return new AttributeRow(
            Text("name"), Text("kind"), Text("required"), Text("description"), Text("unit"), Text("min"), Text("max"), Text("codes"));
    }

    /// <summary>Reads an attribute of a document.</summary>
    internal static AttributeRow Of(JsonElement attribute)
    {
        string Text(string member) => DocumentMembers.Text(attribute, member);
        return new AttributeRow(
            Text("name"), Text("kind"), Text("required"), Text("description"), Text("unit"), Text("min"), Text("max"),
            string.Join(' ', DocumentMembers.Texts(attribute, "codes")));
    }

    /// <summary>
    /// Writes the attribute with the members of its kind. What is no number stays a text, so that the platform says what is wrong with it.
    /// </summary>
    internal JsonObject ToJson()
    {
        var attribute = new JsonObject
        {
            ["name"] = Name, ["kind"] = Kind, ["required"] = Required == "true", ["description"] = Description,
        };
        if (Kind == Words.Of(AttributeKind.Integer))
        {
            attribute["unit"] = Unit;
            attribute["min"] = Number(Min);
            attribute["max"] = Number(Max);
        }
        if (Kind == Words.Of(AttributeKind.Code))
        {
            var codes = Codes.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            attribute["codes"] = new JsonArray([.. codes.Select(code => (JsonNode)code)]);
        }
        return attribute;
    }

    private static JsonNode Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;
}
