using System.Text.Json;
using Scoring.Administration;

namespace Scoring.Rules;

/// <summary>Reads the texts of drafts and registrations.</summary>
internal static class DraftText
{
    /// <summary>Reads a text and returns its canonical form; the text as sent when it has none.</summary>
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
            problems.Add("", ProblemCode.NotJson, "This is not JSON, or it is nested too deeply.");
            return json.ToArray();
        }
    }

    /// <summary>Problems with pointers from the root of the text: the part's pointer, then the pointer in the part.</summary>
    public static IEnumerable<DraftProblem> FromRoot(Problems problems) =>
        problems.All.Select(problem => new DraftProblem(problem.Document + problem.Pointer, problem.Code, problem.Help));

    /// <summary>
    /// The canonical form; <see langword="null"/> for a fraction, a member that occurs twice or invalid Unicode, which reading has
    /// reported.
    /// </summary>
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
