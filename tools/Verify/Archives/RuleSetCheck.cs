using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Reports;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Archives;

/// <summary>Reads the rules in an archive, and checks that they are the published ones and those that consent names.</summary>
public static class RuleSetCheck
{
    /// <summary>Reads the programme as of the archive's day.</summary>
    /// <exception cref="UnreadableException">The archive holds no rules.</exception>
    public static ProgrammeDocument ReadProgramme(ArchiveReader archive)
    {
        var sets = Numbers(archive).Select(number => ReadRuleSet(archive, number)).ToArray();
        if (sets.Length == 0) throw new UnreadableException("The archive holds no rules.");
        var terms = archive.Parsed<JsonObject>($"rulesets/programme-{sets.Length}.json");
        return new ProgrammeDocument(
            (string)terms["id"]!, TimeZoneInfo.Utc, (long)terms["floor"]!, (long)terms["ceiling"]!, (int)terms["latenessDaysMax"]!,
            IsoDay.Parse((string)archive.Manifest["day"]!), sets);
    }

    /// <summary>Returns the shortest time that a version keeps entries, in days.</summary>
    public static int RetentionDaysMin(ArchiveReader archive) => Numbers(archive)
        .Min(number => (int)archive.Parsed<JsonObject>($"rulesets/programme-{number}.json")["retentionDays"]!);

    /// <summary>Returns the longest time that a version lets an event be late, in days.</summary>
    public static int LatenessDaysMax(ArchiveReader archive) => Numbers(archive)
        .Max(number => (int)archive.Parsed<JsonObject>($"rulesets/programme-{number}.json")["latenessDaysMax"]!);

    /// <summary>
    /// Checks that the record names each rule set as published under its number, and that consent names one of the rule sets.
    /// </summary>
    public static void Run(ArchiveReader archive, ProgrammeDocument programme, IReadOnlyList<EntryRow> entries, Findings findings)
    {
        var published = new Dictionary<int, string>();
        var versions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var action in archive.Rows("record.json"))
        {
            if (action.GetProperty("act").GetString() != "published") continue;
            if (action.TryGetProperty("hash", out var version) && version.GetString() is { } versionHash) versions.Add(versionHash);
            if (Details(action) is { } details && details["ruleSet"] is { } hash && details["number"] is { } number)
                published[(int)number] = (string)hash!;
        }
        foreach (var set in programme.RuleSets)
        {
            if (published.TryGetValue(set.Number, out var hash) && hash != set.Hash)
                findings.Fail(
                    "rules-changed",
                    $"Rule set {set.Number} is not the one in the record of publications: the rules were replaced.");
            else if (hash is null && !versions.Contains(VersionHash(archive, set.Number)))
                findings.Fail("rules-unrecorded", $"The record does not name rule set {set.Number} as published.");
        }
        var hashes = programme.RuleSets.Select(set => set.Hash).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in entries.Where(entry => entry.Kind is EntryKinds.Enrolled or EntryKinds.ConsentRenewed))
        {
            if ((string?)entry.Content["ruleSet"] is { } consented && !hashes.Contains(consented))
                findings.Fail(
                    "rules-changed",
                    $"The rules that turn {entry.Turn} consents to are not in the archive: the rules were replaced.");
        }
        if (findings.Failed("rules-changed") + findings.Failed("rules-unrecorded") == 0)
            findings.Pass(
                "rules",
                $"The record names all {programme.RuleSets.Count} rule sets as published, and consent names one of them.");
    }

    /// <summary>
    /// Computes the hash over a version's three documents. The record names the versions that were shipped with the platform by this hash.
    /// </summary>
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
        return RuleSetDocument.Read(JsonElement.Parse(document.ToJsonString()));
    }

    private static JsonObject? Details(JsonElement action)
    {
        if (!action.TryGetProperty("details", out var details)) return null;
        return details.ValueKind switch
        {
            JsonValueKind.Object => JsonNode.Parse(details.GetRawText())!.AsObject(),
            JsonValueKind.String => JsonNode.Parse(details.GetString()!) as JsonObject,
            _ => null,
        };
    }
}
