using System.Text.Json;
using Scoring.Client;
using Scoring.Programmes;

namespace Scoring.Simulation;

/// <summary>The names of tiers for the matrix of a report.</summary>
internal static class DraftTiers
{
    /// <summary>The tiers in force, ascending.</summary>
    public static IReadOnlyList<string> InForce(ProgrammeResponse document) => NamesOf(document.RuleSetOf(document.RuleSetInForce).Tiers);

    /// <summary>The tiers of a published version, ascending.</summary>
    public static IReadOnlyList<string> Of(ProgrammeResponse document, int number) => NamesOf(document.RuleSetOf(number).Tiers);

    /// <summary>The tiers of a draft, ascending; none when they cannot be read.</summary>
    public static IReadOnlyList<string> Of(JsonElement draft)
    {
        if (draft.ValueKind != JsonValueKind.Object || !draft.TryGetProperty("ruleSet", out var rules)) return [];
        if (rules.ValueKind != JsonValueKind.Object || !rules.TryGetProperty("tiers", out var tiers)) return [];
        try
        {
            return tiers.Deserialize<Tier[]>(ScoringJson.Options) is { } read ? NamesOf(read) : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IReadOnlyList<string> NamesOf(IEnumerable<Tier> tiers) =>
        [.. tiers.OrderBy(tier => tier.From).Select(tier => tier.Name)];
}
