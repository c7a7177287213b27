using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Client;

namespace Scoring.City.Platform;

/// <summary>Writes and reads drafts as files that a person edits.</summary>
public static class DraftFile
{
    private const int ReviewDays = 300;

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns a draft that repeats the last published version under the next number.</summary>
    /// <param name="published">The programme's public document.</param>
    /// <param name="noticeDays">How many days from today its first day is.</param>
    /// <exception cref="CityException">No version is published with an assessment.</exception>
    public static string Next(JsonElement published, int noticeDays)
    {
        var document = JsonNode.Parse(published.GetRawText())!.AsObject();
        if (document["versions"]?.AsArray().LastOrDefault() is not JsonObject version
            || document["ruleSets"]?.AsArray().LastOrDefault() is not JsonObject last)
            throw new CityException("No version of the programme is published with an assessment, so there is nothing to copy.");
        var today = DateOnly.Parse(document["today"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        var rules = last.DeepClone().AsObject();
        rules.Remove("hash"); // the platform computes it
        rules.Remove("corrections"); // a version has its own
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

    /// <summary>Returns the programme's id in a draft.</summary>
    /// <exception cref="CityException">The draft is not JSON, or it has no programme id.</exception>
    public static string Programme(byte[] draft)
    {
        try
        {
            return (string?)JsonNode.Parse(draft)?["programme"]?["id"] ?? throw new CityException("The draft has no programme.id.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new CityException($"The draft is not JSON with a programme.id: {exception.Message}");
        }
    }

    /// <summary>Puts a draft, as the first one or in place of the current one. Returns it with its hash and problems.</summary>
    /// <exception cref="CityException">The draft is not JSON, or it has no programme id.</exception>
    public static async Task<DraftView> Put(ScoringClient administrator, byte[] draft, CancellationToken cancellationToken)
    {
        var programme = Programme(draft);
        return await administrator.Administration.FindProgramme(programme, cancellationToken).OrNull() is null
            ? await administrator.Administration.CreateProgramme(draft, cancellationToken)
            : await administrator.Administration.PutDraft(programme, draft, cancellationToken);
    }

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
