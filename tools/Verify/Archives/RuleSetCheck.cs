using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Archives;

/// <summary>The rules that an archive brings along, and whether they are those that were published and consented to.</summary>
public static class RuleSetCheck
{
    /// <summary>Reads the programme as of the archive's day.</summary>
    /// <exception cref="UnreadableException">There are no rules in it.</exception>
    public static ProgrammeDocument ReadProgramme(ArchiveReader archive)
    {
        var sets = Numbers(archive).Select(number => ReadRuleSet(archive, number)).ToArray();
        if (sets.Length == 0) throw new UnreadableException("There are no rules in the archive.");
        var terms = archive.Parsed<JsonObject>($"rulesets/programme-{sets.Length}.json");
        return new ProgrammeDocument(
            (string)terms["id"]!, TimeZoneInfo.Utc, (long)terms["floor"]!, (long)terms["ceiling"]!, (int)terms["latenessDaysMax"]!,
            IsoDay.Parse((string)archive.Manifest["day"]!), sets);
    }

    /// <summary>The shortest time that any version promises to keep entries, in days.</summary>
    public static int RetentionDaysMin(ArchiveReader archive) => Numbers(archive)
        .Min(number => (int)archive.Parsed<JsonObject>($"rulesets/programme-{number}.json")["retentionDays"]!);

    /// <summary>The longest time that any version lets an event be late, in days.</summary>
    public static int LatenessDaysMax(ArchiveReader archive) => Numbers(archive)
        .Max(number => (int)archive.Parsed<JsonObject>($"rulesets/programme-{number}.json")["latenessDaysMax"]!);

    /// <summary>
    /// Each rule set must be the one that the record says was published under its number, and consent must name one of them.
    /// </summary>
    public static void Run(ArchiveReader archive, ProgrammeDocument programme, IReadOnlyList<EntryRow> entries, Findings findings)
    {
        var (published, versions) = (new Dictionary<int, string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var act in archive.Rows("record.json"))
        {
            if (act.GetProperty("act").GetString() != "published") continue;
            if (act.TryGetProperty("hash", out var version) && version.GetString() is { } whole) versions.Add(whole);
            if (Details(act) is { } details && details["ruleSet"] is { } hash && details["number"] is { } number)
                published[(int)number] = (string)hash!;
        }
        foreach (var set in programme.RuleSets)
        {
            if (published.TryGetValue(set.Number, out var hash) && hash != set.Hash)
                findings.Fail(
                    "rules-changed",
                    $"Rule set {set.Number} is not the one whose publication is on record: the rules were exchanged.");
            else if (hash is null && !versions.Contains(VersionHash(archive, set.Number)))
                findings.Fail("rules-unrecorded", $"The record does not say that rule set {set.Number} was ever published.");
        }
        var hashes = programme.RuleSets.Select(set => set.Hash).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in entries.Where(entry => entry.Kind is EntryKinds.Enrolled or EntryKinds.ConsentRenewed))
        {
            if ((string?)entry.Content["ruleSet"] is { } consented && !hashes.Contains(consented))
                findings.Fail(
                    "rules-changed",
                    $"The rules consented to in turn {entry.Turn} are not among the rules of the archive: they were exchanged.");
        }
        if (findings.Failed("rules-changed") + findings.Failed("rules-unrecorded") == 0)
            findings.Pass(
                "rules",
                $"The {programme.RuleSets.Count} rule sets are those whose publication is on record, and consent names one of them.");
    }

    /// <summary>Hash of a version's three documents in one, by which those are on record that the platform began with.</summary>
    private static string VersionHash(ArchiveReader archive, int number)
    {
        byte[] Part(string name) => archive.Bytes(string.Create(CultureInfo.InvariantCulture, $"rulesets/{name}-{number}.json"));
        return Convert.ToHexStringLower(SHA256.HashData(
        [
            .. "{\"assessment\":"u8, .. Part("assessment"), .. ",\"programme\":"u8, .. Part("programme"),
            .. ",\"ruleSet\":"u8, .. Part("ruleset"), .. "}"u8,
        ]));
    }

    private static int[] Numbers(ArchiveReader archive) =>
    [
        .. archive.Names.Where(name => name.StartsWith("rulesets/ruleset-", StringComparison.Ordinal))
            .Select(name => int.Parse(name["rulesets/ruleset-".Length..^".json".Length], NumberStyles.None, CultureInfo.InvariantCulture))
            .Order(),
    ];

    private static RuleSetDocument ReadRuleSet(ArchiveReader archive, int number)
    {
        var name = $"rulesets/ruleset-{number}.json";
        var document = archive.Parsed<JsonObject>(name);
        document["hash"] = Convert.ToHexStringLower(SHA256.HashData(archive.Bytes(name)));
        return RuleSetDocument.Read(JsonSerializer.SerializeToElement(document));
    }

    private static JsonObject? Details(JsonElement act)
    {
        if (!act.TryGetProperty("details", out var details)) return null;
        return details.ValueKind switch
        {
            JsonValueKind.Object => JsonNode.Parse(details.GetRawText())!.AsObject(),
            JsonValueKind.String => JsonNode.Parse(details.GetString()!) as JsonObject,
            _ => null,
        };
    }
}
