using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Platform;

/// <summary>A draft as a file that a person edits.</summary>
public static class DraftFile
{
    private const int ReviewDays = 300;

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A draft that repeats the last published version under the next number.</summary>
    /// <param name="published">The programme's public document.</param>
    /// <param name="noticeDays">How many days from today its first day lies.</param>
    /// <exception cref="CityException">No version is published.</exception>
    public static string Next(JsonElement published, int noticeDays)
    {
        var document = JsonNode.Parse(published.GetRawText())!.AsObject();
        if (document["versions"]?.AsArray().LastOrDefault() is not JsonObject version
            || document["ruleSets"]?.AsArray().LastOrDefault() is not JsonObject last)
            throw new CityException("No version of it is published with its assessment, so there is nothing to begin from.");
        var today = DateOnly.Parse(document["today"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        var rules = last.DeepClone().AsObject();
        rules.Remove("hash"); // is taken of the rest
        rules.Remove("corrections"); // each version's own
        rules["number"] = last["number"]!.GetValue<int>() + 1;
        rules["firstDay"] = Text(today.AddDays(noticeDays));
        var assessment = version["assessment"]!.DeepClone();
        assessment["reviewBy"] = Text(today.AddDays(ReviewDays));
        return new JsonObject
        {
            ["programme"] = version["terms"]!.DeepClone(),
            ["ruleSet"] = rules,
            ["assessment"] = assessment,
        }.ToJsonString(Readable) + "\n";
    }

    /// <summary>The programme that a draft names.</summary>
    /// <exception cref="CityException">It is no JSON, or names none.</exception>
    public static string Programme(byte[] draft)
    {
        try
        {
            return (string?)JsonNode.Parse(draft)?["programme"]?["id"] ?? throw new CityException("The draft has no programme.id.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new CityException($"The draft is no JSON with a programme.id: {exception.Message}");
        }
    }

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
