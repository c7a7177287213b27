using System.Text.Json;
using Scoring.Client;

namespace Scoring.Programmes;

/// <summary>
/// What the document of a draft says of it. A draft may have problems, so that each member may be missing or have the wrong type.
/// </summary>
public sealed class DraftFacts(DraftView view)
{
    /// <summary>The draft.</summary>
    public DraftView View { get; } = view;

    /// <summary>The programme's name for people.</summary>
    public string? Name => Text("programme", "name");

    /// <summary>What the version does, in plain words.</summary>
    public string? Summary => Text("ruleSet", "summary");

    /// <summary>The version's number.</summary>
    public int? Number => Member("ruleSet", "number") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value)
        ? value
        : null;

    /// <summary>The version's first day in force.</summary>
    public DateOnly? FirstDay => Text("ruleSet", "firstDay") is { } day ? ProgrammeDays.Parse(day) : null;

    /// <summary>The impact assessment; <see langword="null"/> when it cannot be read.</summary>
    public Assessment? Assessment
    {
        get
        {
            if (Member("assessment") is not { ValueKind: JsonValueKind.Object } json) return null;
            try
            {
                return json.Deserialize<Assessment>(ScoringJson.Options);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    private string? Text(params string[] path) =>
        Member(path) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value ? value : null;

    private JsonElement? Member(params string[] path)
    {
        var json = View.Json;
        foreach (var name in path)
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json)) return null;
        return json;
    }
}
