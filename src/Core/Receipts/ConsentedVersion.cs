using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Events;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Receipts;

/// <summary>Writes what a receipt says about the version that the participant consented to.</summary>
/// <param name="version">The version.</param>
/// <param name="types">The event types that it takes.</param>
/// <param name="notice">The facts of the installation.</param>
internal sealed class ConsentedVersion(ProgrammeVersion version, IReadOnlyList<EventType> types, PrivacyNoticeOptions notice)
{
    private readonly string _programme = version.Terms.Id.Value;

    /// <summary>The hashes of the documents that were shown, which can be compared with the published ones.</summary>
    public JsonObject Shown() => new()
    {
        ["scoring:programme"] = _programme,
        ["scoring:ruleSet"] = version.RuleSet.Number,
        ["scoring:ruleSetHash"] = version.RuleSet.Hash,
        ["scoring:termsHash"] = CanonicalJson.Hash(ProgrammeDocument.Write(version.Terms)),
        ["scoring:assessmentHash"] = CanonicalJson.Hash(AssessmentDocument.Write(version.Assessment)),
        ["schema:url"] = Address($"/v1/programmes/{_programme}"),
    };

    /// <summary>The processing: its purpose, the data and their storage, the logic and its consequences.</summary>
    /// <param name="recipients">The identifiers of the services that may get the score.</param>
    public JsonObject Process(JsonArray recipients) => new()
    {
        ["@type"] = "dpv:Process",
        ["dpv:hasPurpose"] = new JsonObject
        {
            ["@type"] = "dpv:Purpose",
            ["skos:broader"] = "dpv:ServicePersonalisation",
            ["dct:title"] = version.Terms.Name,
            ["dct:description"] = version.Terms.Purpose,
            ["scoring:context"] = EnumNames.Contexts.Of(version.Terms.Context),
        },
        ["dpv:hasPersonalData"] = new JsonArray([.. types.Select(Data)]),
        ["dpv:hasStorageCondition"] = new JsonArray(
            new JsonObject
            {
                ["@type"] = "dpv:StorageLocation",
                ["dpv:hasLocation"] = new JsonArray([.. notice.StorageLocations.Split(',').Select(code => (JsonNode)("loc:" + code))]),
            },
            new JsonObject
            {
                ["@type"] = "dpv:StorageDuration",
                ["dpv:hasDuration"] = string.Create(CultureInfo.InvariantCulture, $"P{version.Terms.RetentionDays}D"),
            }),
        ["dpv:hasRecipient"] = recipients,
        ["dpv:hasProcessingAutomation"] = "dpv:FullyAutomated",
        ["dpv:hasHumanInvolvement"] = "A contest of an entry is decided by a human who neither wrote the rule nor runs the source.",
        ["dpv:hasAlgorithmicLogic"] = new JsonObject
        {
            ["@type"] = "dpv:AlgorithmicLogic",
            ["dct:description"] = version.RuleSet.Summary,
            ["schema:url"] = Address(string.Create(
                CultureInfo.InvariantCulture, $"/v1/programmes/{_programme}/rulesets/{version.RuleSet.Number}")),
        },
        ["dpv:hasConsequence"] = new JsonArray([.. version.Terms.Effects.Select(Consequence)]),
        ["dpv:hasAssessment"] = new JsonObject { ["@type"] = "dpv:DPIA", ["schema:url"] = Address($"/v1/programmes/{_programme}") },
    };

    private static JsonNode Data(EventType type) => new JsonObject
    {
        ["@type"] = "dpv:PersonalData",
        ["dct:identifier"] = type.Name,
        ["skos:broader"] = type.Family == EventFamily.Payment ? "pd:Transactional" : "pd:Behavioral",
        ["dct:description"] = type.Description,
        ["dpv:hasDataSource"] = new JsonObject
        {
            ["@type"] = "dpv:ThirdPartyDataSource",
            ["scoring:family"] = EnumNames.Families.Of(type.Family),
            ["scoring:origin"] = EnumNames.Origins.Of(type.Origin),
        },
    };

    private static JsonNode Consequence(TierEffect effect) => new JsonObject
    {
        ["@type"] = "dpv:Consequence",
        ["scoring:tier"] = effect.Tier,
        ["scoring:effect"] = EnumNames.Effects.Of(effect.Effect),
        ["dct:description"] = effect.Description,
    };

    private string Address(string path) => notice.ServiceAddress + path;
}
