using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Events;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Receipts;

/// <summary>
/// Writes a consent receipt before it is signed: JSON-LD of ISO/IEC TS 27560:2023 in the mapping of the W3C Data Privacy Vocabulary, a
/// receipt around one consent record, with the members of the GDPR profile (Art. 13 and 14). <c>docs/receipt.schema.json</c> lists the
/// required members. All texts here are signed content.
/// </summary>
/// <param name="version">The version that the participant consented to.</param>
/// <param name="types">The event types that the version takes.</param>
/// <param name="parties">The parties.</param>
/// <param name="notice">The facts of the installation.</param>
internal sealed class ConsentReceipt(
    ProgrammeVersion version, IReadOnlyList<EventType> types, ReceiptParties parties, PrivacyNoticeOptions notice)
{
    /// <summary>The name of this form. The first form had no separate record and no parties.</summary>
    public const string SchemaVersion = "scoring-receipt-2";

    private const string Profile = "https://w3id.org/dpv/schema/dpv-27560#";

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _programme = version.Terms.Id.Value;

    /// <summary>The receipt as JSON in UTF-8.</summary>
    public byte[] Write(ConsentFacts facts)
    {
        var receipt = new JsonObject
        {
            ["@context"] = Prefixes(),
            ["@id"] = Urn(facts.Receipt),
            ["@type"] = "dpv:ConsentReceipt",
            ["dct:identifier"] = facts.Receipt,
            ["dpv:hasIdentifier"] = facts.Receipt,
            ["dct:conformsTo"] = Profile + "receipt-eu-gdpr",
            ["scoring:schemaVersion"] = SchemaVersion,
            ["dct:created"] = facts.Withdrawal?.At ?? facts.GivenAt,
            ["dct:publisher"] = ReceiptParties.Controller,
            ["dpv:hasRecordOfActivity"] = Record(facts),
        };
        if (facts.Replaces is { } previous) receipt["dct:replaces"] = previous;
        if (facts.Withdrawal is { } withdrawal) receipt["scoring:erasedEntries"] = withdrawal.Entries;
        return JsonSerializer.SerializeToUtf8Bytes(receipt, Options);
    }

    private JsonObject Record(ConsentFacts facts) => new()
    {
        ["@id"] = Urn(facts.Record),
        ["@type"] = "dpv:ConsentRecord",
        ["dct:identifier"] = facts.Record,
        ["dct:conformsTo"] = Profile + "record-eu-gdpr",
        ["dpv:hasDataSubject"] = new JsonObject
        {
            ["@id"] = Urn(facts.Principal), ["@type"] = "dpv:DataSubject", ["dct:identifier"] = facts.Principal,
        },
        ["dpv:hasDataController"] = ReceiptParties.Controller,
        ["dpv:hasAuthority"] = ReceiptParties.Authority,
        ["dpv:hasJurisdiction"] = "loc:" + notice.Jurisdiction,
        ["dpv:hasApplicableLaw"] = "eu-gdpr:GDPR",
        ["dpv:hasLegalBasis"] = new JsonArray("eu-gdpr:A6-1-a", "dpv:ExplicitlyExpressedConsent"),
        ["dpv:hasConsentStatus"] = Status(facts),
        ["dpv:hasNotice"] = new JsonObject
        {
            ["@id"] = notice.PrivacyNotice,
            ["@type"] = "dpv:ConsentNotice",
            ["dct:language"] = notice.Language,
            ["dct:date"] = Text(version.RuleSet.FirstDay),
        },
        ["scoring:version"] = Version(),
        ["dpv:hasProcess"] = Process(),
        ["dpv:hasConsentControl"] = new JsonObject
        {
            ["@type"] = "dpv:WithdrawConsent",
            ["dpv:isExercisedAt"] = Own(""),
            ["dct:description"] = "DELETE there: one call, no reason, complete when it answers",
        },
        ["dpv:hasRight"] = new RightsNotice(Own, At, notice).Write(),
        ["dpv:hasEntity"] = parties.Write(),
    };

    private static JsonArray Status(ConsentFacts facts)
    {
        var status = new JsonArray();
        if (facts.GivenAt is { } given)
        {
            var consent = Event("dpv:ConsentGiven", given, "POST /v1/me/subjects with the hash of the rule set shown");
            consent["dpv:hasDuration"] = new JsonObject { ["@type"] = "dpv:UntilEventDuration", ["rdf:value"] = "Withdrawal of consent" };
            status.Add((JsonNode)consent);
        }
        if (facts.Withdrawal is { } withdrawal)
            status.Add((JsonNode)Event("dpv:ConsentWithdrawn", withdrawal.At, "DELETE /v1/me/subjects/{p}/{n}"));
        return status;
    }

    private static JsonObject Event(string type, string at, string method) => new()
    {
        ["@type"] = type,
        ["dpv:isIndicatedAtTime"] = at,
        ["dpv:isIndicatedBy"] = "dpv:DataSubject",
        ["dpv:hasIndicationMethod"] = method,
    };

    /// <summary>The hashes of the documents that were shown, which can be compared with the published ones.</summary>
    private JsonObject Version() => new()
    {
        ["scoring:programme"] = _programme,
        ["scoring:ruleSet"] = version.RuleSet.Number,
        ["scoring:ruleSetHash"] = version.RuleSet.Hash,
        ["scoring:termsHash"] = CanonicalJson.Hash(ProgrammeDocument.Write(version.Terms)),
        ["scoring:assessmentHash"] = CanonicalJson.Hash(AssessmentDocument.Write(version.Assessment)),
        ["schema:url"] = At($"/v1/programmes/{_programme}"),
    };

    private JsonObject Process() => new()
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
        ["dpv:hasRecipient"] = parties.Recipients,
        ["dpv:hasProcessingAutomation"] = "dpv:FullyAutomated",
        ["dpv:hasHumanInvolvement"] = "A contest of an entry is decided by a human who neither wrote the rule nor runs the source.",
        ["dpv:hasAlgorithmicLogic"] = new JsonObject
        {
            ["@type"] = "dpv:AlgorithmicLogic",
            ["dct:description"] = version.RuleSet.Summary,
            ["schema:url"] = At(string.Create(
                CultureInfo.InvariantCulture, $"/v1/programmes/{_programme}/rulesets/{version.RuleSet.Number}")),
        },
        ["dpv:hasConsequence"] = new JsonArray([.. version.Terms.Effects.Select(Consequence)]),
        ["dpv:hasAssessment"] = new JsonObject { ["@type"] = "dpv:DPIA", ["schema:url"] = At($"/v1/programmes/{_programme}") },
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

    private static JsonObject Prefixes() => new()
    {
        ["dpv"] = "https://w3id.org/dpv#",
        ["pd"] = "https://w3id.org/dpv/pd#",
        ["loc"] = "https://w3id.org/dpv/loc#",
        ["eu-gdpr"] = "https://w3id.org/dpv/legal/eu/gdpr#",
        ["dct"] = "http://purl.org/dc/terms/",
        ["skos"] = "http://www.w3.org/2004/02/skos/core#",
        ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        ["schema"] = "https://schema.org/",
        ["scoring"] = "urn:scoring:terms:",
    };

    private string At(string path) => notice.ServiceAddress + path;

    private string Own(string path) => At($"/v1/me/subjects/{_programme}/{{n}}{path}");

    private static string Urn(string id) => "urn:uuid:" + id;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
