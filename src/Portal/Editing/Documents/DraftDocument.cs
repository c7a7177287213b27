using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Editing;

/// <summary>A draft as JSON, and as the fields of a form. Each is made from the other.</summary>
internal static class DraftDocument
{
    /// <summary>The member that holds the terms.</summary>
    public const string Terms = "programme";

    private const int DepthMax = 32; // as the platform's

    /// <summary>How JSON is written into one field.</summary>
    public static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private static readonly DraftShape Text = new ScalarShape(isNumber: false);

    private static readonly DraftShape Number = new ScalarShape(isNumber: true);

    private static readonly ObjectShape Programme = new(
        ("id", Text), ("name", Text), ("purpose", Text), ("context", Text), ("subjectKind", Text),
        ("eventTypes", new TextsShape(inLines: false)), ("floor", Number), ("ceiling", Number), ("zone", Text),
        ("latenessDaysMax", Number), ("retentionDays", Number),
        ("controller", new ObjectShape(("legalName", Text), ("contact", Text))),
        ("effects", new ListShape(new ObjectShape(("tier", Text), ("effect", Text), ("description", Text)))));

    private static readonly ObjectShape Rule = new(
        ("id", Text), ("eventType", Text), ("when", new ConditionShape()), ("points", new PointsShape()), ("capPerDay", Number),
        ("capPerWindow", Number), ("windowDays", Number), ("halfLifeDays", Number), ("reason", Text));

    private static readonly ObjectShape RuleSet = new(
        ("number", Number), ("firstDay", Text), ("summary", Text), ("rules", new ListShape(Rule)),
        ("tiers", new ListShape(new ObjectShape(("name", Text), ("from", Number)))));

    private static readonly ObjectShape Assessment = new(
        ("affectedGroups", new TextsShape(inLines: true)),
        ("risks", new ListShape(new ObjectShape(("risk", Text), ("mitigation", Text)))), ("reviewBy", Text));

    private static readonly ObjectShape Whole = new((Terms, Programme), ("ruleSet", RuleSet), ("assessment", Assessment));

    /// <summary>Reads a text that is a JSON object without duplicate members and invalid Unicode.</summary>
    public static bool TryRead(string text, out JsonObject document)
    {
        document = [];
        try
        {
            if (JsonNode.Parse(text, null, new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false })
                is not JsonObject read) return false;
            document = read;
            return HasValidTexts(read);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Writes a draft for people to read and edit.</summary>
    public static string Write(JsonObject document) => document.ToJsonString(Readable);

    /// <summary>Names a text, to tell whether it has changed.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Lines(text))).AsSpan(0, 12));

    /// <summary>Returns the fields that show a draft.</summary>
    public static DraftFields Fields(JsonObject document)
    {
        var fields = new DraftFields();
        Whole.Write(document, "", fields);
        return fields;
    }

    /// <summary>Makes a draft from fields.</summary>
    public static JsonObject OfFields(DraftFields fields) => Whole.Read(fields, "");

    // Browsers send line ends of their own.
    private static string Lines(string text) => text.ReplaceLineEndings("\n").Trim();

    private static bool HasValidTexts(JsonNode? node)
    {
        try
        {
            return node switch
            {
                JsonObject all => all.All(member => HasValidTexts(member.Value)),
                JsonArray all => all.All(HasValidTexts),
                JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false; // half of a surrogate pair
        }
    }
}
