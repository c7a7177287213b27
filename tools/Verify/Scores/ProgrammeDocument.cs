using System.Globalization;
using System.Text.Json;

namespace Scoring.Verify.Scores;

/// <summary>The parts of a published programme that a score needs.</summary>
/// <param name="Id">The programme's id.</param>
/// <param name="Zone">The zone in which an instant becomes a day.</param>
/// <param name="Floor">The score at which every subject starts.</param>
/// <param name="Ceiling">The highest score.</param>
/// <param name="LatenessDaysMax">How many days after its instant an event is still accepted.</param>
/// <param name="Today">The current day in the zone.</param>
/// <param name="RuleSets">Its published rule sets, ordered by first day.</param>
public sealed record ProgrammeDocument(
    string Id, TimeZoneInfo Zone, long Floor, long Ceiling, int LatenessDaysMax, DateOnly Today,
    IReadOnlyList<RuleSetDocument> RuleSets)
{
    /// <summary>Returns the rule set in force on a day; the first rule set for days before its first day.</summary>
    public RuleSetDocument InForce(DateOnly day) => RuleSets.LastOrDefault(set => set.FirstDay <= day) ?? RuleSets[0];

    /// <summary>Returns the tier of a score under the rule set in force on a day.</summary>
    public string TierOf(long score, DateOnly day) =>
        InForce(day).Tiers.Last(tier => tier.From <= score || tier == InForce(day).Tiers[0]).Name;

    /// <summary>Reads the published programme and the list of its rule sets.</summary>
    public static ProgrammeDocument Read(JsonElement published, JsonElement sets)
    {
        var programme = published.TryGetProperty("programme", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : published;
        var list = sets.ValueKind == JsonValueKind.Array ? sets : sets.GetProperty("ruleSets");
        return new ProgrammeDocument(
            programme.GetProperty("id").GetString()!,
            TimeZoneInfo.FindSystemTimeZoneById(programme.GetProperty("zone").GetString()!),
            programme.GetProperty("floor").GetInt64(),
            programme.GetProperty("ceiling").GetInt64(),
            programme.GetProperty("latenessDaysMax").GetInt32(),
            DateOnly.ParseExact(published.GetProperty("today").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            [.. list.EnumerateArray().Select(RuleSetDocument.Read).OrderBy(set => set.FirstDay)]);
    }
}

/// <summary>A published rule set. Its rules stay JSON, as they were published; <see cref="RuleReading"/> reads them.</summary>
public sealed record RuleSetDocument(
    int Number, DateOnly FirstDay, string Hash, IReadOnlyList<JsonElement> Rules, IReadOnlyList<TierDocument> Tiers)
{
    /// <summary>The rules of earlier sets whose points no longer count from this set's first day.</summary>
    public IReadOnlyList<(int RuleSet, string Rule)> Corrections { get; init; } = [];

    /// <summary>Reads a rule set in its published form.</summary>
    public static RuleSetDocument Read(JsonElement json) => new(
        json.GetProperty("number").GetInt32(),
        DateOnly.ParseExact(json.GetProperty("firstDay").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        json.GetProperty("hash").GetString()!,
        [.. json.GetProperty("rules").EnumerateArray().Select(rule => rule.Clone())],
        [.. json.GetProperty("tiers").EnumerateArray()
            .Select(t => new TierDocument(t.GetProperty("name").GetString()!, t.GetProperty("from").GetInt64()))])
    {
        Corrections = json.TryGetProperty("corrections", out var corrections)
            ? [.. corrections.EnumerateArray().Select(c => (c.GetProperty("ruleSet").GetInt32(), c.GetProperty("rule").GetString()!))]
            : [],
    };
}

/// <summary>A named range of the score, from its lowest score.</summary>
public sealed record TierDocument(string Name, long From);
