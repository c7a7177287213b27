using System.Globalization;
using Scoring.Languages;

namespace Scoring.Registrations;

/// <summary>Names the fields of documents, so that a list of what is wrong says where.</summary>
internal static class FieldLabels
{
    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["attributes"] = "registration.attributes", ["clients"] = "registration.clients", ["codes"] = "registration.codes",
        ["contact"] = "registration.contact", ["context"] = "registration.context", ["description"] = "registration.means",
        ["family"] = "registration.family", ["id"] = "registration.name", ["keys"] = "registration.keys", ["kind"] = "registration.kind",
        ["lastDay"] = "registration.last-day", ["legalEntity"] = "registration.legal-entity", ["linkUri"] = "registration.link-page",
        ["max"] = "registration.max", ["min"] = "registration.min", ["name"] = "registration.name", ["origin"] = "registration.origin",
        ["programme"] = "registration.programme", ["purpose"] = "registration.purpose", ["required"] = "registration.required",
        ["unit"] = "registration.unit",
    };

    /// <summary>Returns the name of a field.</summary>
    public static string Of(string field, Texts texts) => field.Split('-') switch
    {
        ["attributes", var row, var member] => texts["registration.attribute-member", Number(row), Name(member, texts)],
        ["keys", var row] => texts["registration.key", Number(row)],
        [var member] => Name(member, texts),
        _ => field,
    };

    private static string Name(string member, Texts texts) => Keys.TryGetValue(member, out var key) ? texts[key] : member;

    private static int Number(string row) => int.Parse(row, NumberStyles.None, CultureInfo.InvariantCulture) + 1;
}
