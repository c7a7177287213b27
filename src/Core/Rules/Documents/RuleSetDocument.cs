using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Rules;

/// <summary>Writes and reads a rule set as a document. The rule set's hash is the hash of this document and not a member of it.</summary>
public static class RuleSetDocument
{
    private const int NumberMax = 1_000_000;

    /// <summary>Writes the canonical document of a rule set.</summary>
    public static byte[] Write(RuleSet set)
    {
        var document = new JsonObject
        {
            ["number"] = set.Number,
            ["firstDay"] = Wording.Day(set.FirstDay),
            ["summary"] = set.Summary,
            ["rules"] = new JsonArray([.. set.Rules.Select(RuleDocument.Write)]),
            ["tiers"] = new JsonArray([.. set.Tiers.Select(tier => new JsonObject { ["name"] = tier.Name, ["from"] = tier.From })]),
        };
        if (!set.Corrections.IsEmpty) document["corrections"] = new JsonArray([.. set.Corrections.Select(Write)]);
        if (!set.FactorTables.IsEmpty) document["factorTables"] = new JsonObject(set.FactorTables.Select(Write));
        return CanonicalJson.Write(document);
    }

    /// <summary>The rule set with the hash of its canonical document.</summary>
    public static RuleSet Hashed(RuleSet set) => set with { Hash = CanonicalJson.Hash(Write(set)) };

    /// <summary>
    /// Reads the document. A faulty part is empty in the result; a faulty number is -1 or 0, a faulty day <see cref="DateOnly.MinValue"/>.
    /// </summary>
    internal static RuleSet Read(JsonElement element, Problems problems)
    {
        var members = DocumentObject.Of(element, "", problems);
        var set = new RuleSet(
            (int)(members.ReadInteger("number", 1, NumberMax) ?? 0), members.ReadDay("firstDay") ?? DateOnly.MinValue,
            members.ReadText("summary", 500),
            ReadRules(members), ReadTiers(members), "")
        {
            Corrections = members.Has("corrections") ? ReadCorrections(members) : [],
            FactorTables = members.Has("factorTables") ? ReadFactorTables(members) : [],
        };
        members.Close();
        return set;
    }

    private static ImmutableArray<Rule> ReadRules(DocumentObject members)
    {
        var rules = ImmutableArray.CreateBuilder<Rule>();
        foreach (var (element, pointer) in members.ReadArray("rules", 1, ProgrammeRules.RulesPerSetMax))
        {
            var rule = RuleDocument.Read(element, pointer, members.Problems);
            if (rule.Id.Length > 0 && rules.Any(other => other.Id == rule.Id))
                members.Problems.Add($"{pointer}/id", ProblemCode.Duplicate, "Another rule has this name.");
            rules.Add(rule);
        }
        return rules.ToImmutable();
    }

    private static ImmutableArray<RuleCorrection> ReadCorrections(DocumentObject members)
    {
        var corrections = ImmutableArray.CreateBuilder<RuleCorrection>();
        foreach (var (element, pointer) in members.ReadArray("corrections", 1, ProgrammeRules.RulesPerSetMax))
        {
            var inner = DocumentObject.Of(element, pointer, members.Problems);
            var correction = new RuleCorrection(
                (int)(inner.ReadInteger("ruleSet", 1, NumberMax) ?? 0), inner.ReadName("rule", NamePatterns.Word(), NamePatterns.WordHelp));
            inner.Close();
            if (corrections.Contains(correction))
                members.Problems.Add(pointer, ProblemCode.Duplicate, "This correction occurs twice.");
            corrections.Add(correction);
        }
        return corrections.ToImmutable();
    }

    private static ImmutableArray<FactorTableHash> ReadFactorTables(DocumentObject members)
    {
        var tables = new List<FactorTableHash>();
        var inner = DocumentObject.Of(members.Take("factorTables")!.Value, members.PointerTo("factorTables"), members.Problems);
        foreach (var name in inner.Names.ToArray())
        {
            var hash = inner.ReadName(name, NamePatterns.Hash(), NamePatterns.HashHelp);
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= FactorTable.DaysMax
                && days.ToString(CultureInfo.InvariantCulture) == name) tables.Add(new FactorTableHash(days, hash));
            else members.Problems.Add(
                inner.PointerTo(name), ProblemCode.FormWrong, $"A half-life in days from 0 to {FactorTable.DaysMax} is expected.");
        }
        if (tables.Count == 0 && !inner.IsNotObject)
            members.Problems.Add(inner.Pointer, ProblemCode.CountWrong, "At least one table is expected, or no such member.");
        return [.. tables.OrderBy(table => table.HalfLifeDays)];
    }

    private static JsonNode Write(RuleCorrection correction) =>
        new JsonObject { ["ruleSet"] = correction.RuleSet, ["rule"] = correction.Rule };

    private static KeyValuePair<string, JsonNode?> Write(FactorTableHash table) =>
        KeyValuePair.Create(table.HalfLifeDays.ToString(CultureInfo.InvariantCulture), (JsonNode?)table.Hash);

    private static ImmutableArray<Tier> ReadTiers(DocumentObject members)
    {
        var tiers = ImmutableArray.CreateBuilder<Tier>();
        foreach (var (element, pointer) in members.ReadArray("tiers", 2, 8))
        {
            var inner = DocumentObject.Of(element, pointer, members.Problems);
            var tier = new Tier(
                inner.ReadName("name", NamePatterns.Word(), NamePatterns.WordHelp), inner.ReadInteger("from", 0, 1_000_000) ?? -1);
            inner.Close();
            if (tier.Name.Length > 0 && tiers.Any(other => other.Name == tier.Name))
                members.Problems.Add($"{pointer}/name", ProblemCode.Duplicate, "Another tier has this name.");
            tiers.Add(tier);
        }
        return tiers.ToImmutable();
    }
}
