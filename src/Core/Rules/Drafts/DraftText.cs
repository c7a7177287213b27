using System.Text.Json;
using Scoring.Administration;

namespace Scoring.Rules;

/// <summary>What drafts and registrations have in common as texts.</summary>
internal static class DraftText
{
    /// <summary>Reads a text and returns its canonical form; the text as given when it has none.</summary>
    public static byte[] Read(ReadOnlyMemory<byte> json, Problems problems, Action<JsonElement> read)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            read(parsed.RootElement);
            return Canonical(parsed.RootElement) ?? json.ToArray();
        }
        catch (JsonException)
        {
            problems.Add("", ProblemCode.NotJson, "This is no JSON, or nested too deeply.");
            return json.ToArray();
        }
    }

    /// <summary>Problems with pointers from the whole text's root: a part's problems begin with where the part is.</summary>
    public static IEnumerable<DraftProblem> Named(Problems problems) =>
        problems.Found.Select(problem => new DraftProblem(problem.Document + problem.Pointer, problem.Code, problem.Help));

    /// <summary>What has no canonical form has a fault that was named as it was read: a fraction, a member twice, a broken text.</summary>
    private static byte[]? Canonical(JsonElement element)
    {
        try
        {
            return CanonicalJson.Write(element);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
