using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Rules;

/// <summary>A rule set as a document. Its hash is not in it but of it.</summary>
public static class RuleSetDocument
{
    /// <summary>The canonical document of a rule set.</summary>
    public static byte[] Write(RuleSet set) => CanonicalJson.Write(new JsonObject
    {
        ["number"] = set.Number,
        ["firstDay"] = set.FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["summary"] = set.Summary,
        ["rules"] = new JsonArray([.. set.Rules.Select(RuleDocument.Write)]),
        ["tiers"] = new JsonArray([.. set.Tiers.Select(tier => new JsonObject { ["name"] = tier.Name, ["from"] = tier.From })]),
    });

    /// <summary>The rule set with the hash of its canonical document.</summary>
    public static RuleSet Hashed(RuleSet set) => set with { Hash = CanonicalJson.Hash(Write(set)) };

    /// <summary>Reads; what is at fault is left empty: names, numbers (as -1 or 0) and the day (as the first of all).</summary>
    internal static RuleSet Read(JsonElement element, Problems problems)
    {
        var members = Members.Of(element, "", problems);
        var set = new RuleSet(
            (int)(members.Integer("number", 1, 1_000_000) ?? 0), members.Day("firstDay") ?? DateOnly.MinValue, members.Text("summary", 500),
            ReadRules(members), ReadTiers(members), "");
        members.Close();
        return set;
    }

    private static ImmutableArray<Rule> ReadRules(Members members)
    {
        var rules = ImmutableArray.CreateBuilder<Rule>();
        foreach (var (element, pointer) in members.List("rules", 1, ProgrammeRules.RulesPerSetMax))
        {
            var rule = RuleDocument.Read(element, pointer, members.Problems);
            if (rule.Id.Length > 0 && rules.Any(other => other.Id == rule.Id))
                members.Problems.Add($"{pointer}/id", ProblemCode.Duplicate, "Another rule has this name.");
            rules.Add(rule);
        }
        return rules.ToImmutable();
    }

    private static ImmutableArray<Tier> ReadTiers(Members members)
    {
        var tiers = ImmutableArray.CreateBuilder<Tier>();
        foreach (var (element, pointer) in members.List("tiers", 2, 8))
        {
            var inner = Members.Of(element, pointer, members.Problems);
            var tier = new Tier(inner.Form("name", Forms.Word(), Forms.WordHelp), inner.Integer("from", 0, 1_000_000) ?? -1);
            inner.Close();
            if (tier.Name.Length > 0 && tiers.Any(other => other.Name == tier.Name))
                members.Problems.Add($"{pointer}/name", ProblemCode.Duplicate, "Another tier has this name.");
            tiers.Add(tier);
        }
        return tiers.ToImmutable();
    }
}
