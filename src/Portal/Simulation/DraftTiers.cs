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

    /// <summary>
    /// The tiers of a draft, ascending, and those that the report names besides: it may be of a draft that has been replaced.
    /// </summary>
    public static IReadOnlyList<string> Of(JsonElement? draft, SimulationReport report, IReadOnlyList<string> otherwise)
    {
        var named = report.Crossings.Select(crossing => crossing.Then).OfType<string>();
        return [.. (Read(draft) ?? otherwise).Concat(named).Distinct()];
    }

    private static IReadOnlyList<string>? Read(JsonElement? draft)
    {
        if (draft is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("ruleSet", out var rules)) return null;
        if (rules.ValueKind != JsonValueKind.Object || !rules.TryGetProperty("tiers", out var tiers)) return null;
        try
        {
            return tiers.Deserialize<Tier[]>(ScoringJson.Options) is { } read ? NamesOf(read) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string> NamesOf(IEnumerable<Tier> tiers) => [.. tiers.OrderBy(tier => tier.From).Select(tier => tier.Name)];
}
