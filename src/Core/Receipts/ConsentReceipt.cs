using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Receipts;

/// <summary>
/// Writes a consent receipt before it is signed: JSON-LD of ISO/IEC TS 27560:2023 in the mapping of the W3C Data Privacy Vocabulary, a
/// receipt around one consent record, with the members of the GDPR profile (Art. 13 and 14). <c>docs/receipt.schema.json</c> lists the
/// required members. All texts here are signed content.
/// </summary>
internal sealed class ConsentReceipt
{
    /// <summary>The name of this form. The first form had no separate record and no parties.</summary>
    public const string SchemaVersion = "scoring-receipt-2";

    private const string Profile = "https://w3id.org/dpv/schema/dpv-27560#";

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _programme;
    private readonly PrivacyNoticeOptions _notice;
    private readonly string _firstDay;

    // Most of a receipt is the same for everybody who consents to the version: it is made and hashed once.
    private readonly JsonElement _prefixes = Fixed(Prefixes());
    private readonly JsonElement _version;
    private readonly JsonElement _process;
    private readonly JsonElement _rights;
    private readonly JsonElement _entities;

    /// <summary>Prepares the receipts of a version.</summary>
    /// <param name="version">The version that the participants consent to.</param>
    /// <param name="types">The event types that the version takes.</param>
    /// <param name="parties">The parties.</param>
    /// <param name="notice">The facts of the installation.</param>
    public ConsentReceipt(ProgrammeVersion version, IReadOnlyList<EventType> types, ReceiptParties parties, PrivacyNoticeOptions notice)
    {
        _programme = version.Terms.Id.Value;
        _notice = notice;
        _firstDay = version.RuleSet.FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var consented = new ConsentedVersion(version, types, notice);
        _version = Fixed(consented.Shown());
        _process = Fixed(consented.Process(parties.Recipients));
        _rights = Fixed(new RightsNotice(Own, At, notice).Write());
        _entities = Fixed(parties.Write());
    }

    /// <summary>The receipt as JSON in UTF-8.</summary>
    public byte[] Write(ConsentFacts facts)
    {
        var receipt = new JsonObject
        {
            ["@context"] = JsonObject.Create(_prefixes),
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
        ["dpv:hasJurisdiction"] = "loc:" + _notice.Jurisdiction,
        ["dpv:hasApplicableLaw"] = "eu-gdpr:GDPR",
        ["dpv:hasLegalBasis"] = new JsonArray("eu-gdpr:A6-1-a", "dpv:ExplicitlyExpressedConsent"),
        ["dpv:hasConsentStatus"] = Status(facts),
        ["dpv:hasNotice"] = new JsonObject
        {
            ["@id"] = _notice.PrivacyNotice,
            ["@type"] = "dpv:ConsentNotice",
            ["dct:language"] = _notice.Language,
            ["dct:date"] = _firstDay,
        },
        ["scoring:version"] = JsonObject.Create(_version),
        ["dpv:hasProcess"] = JsonObject.Create(_process),
        ["dpv:hasConsentControl"] = new JsonObject
        {
            ["@type"] = "dpv:WithdrawConsent",
            ["dpv:isExercisedAt"] = Own(""),
            ["dct:description"] = "DELETE there: one call, no reason, complete when it answers",
        },
        ["dpv:hasRight"] = JsonArray.Create(_rights),
        ["dpv:hasEntity"] = JsonArray.Create(_entities),
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

    private static JsonElement Fixed(JsonNode part) => JsonSerializer.SerializeToElement(part);

    private string At(string path) => _notice.ServiceAddress + path;

    private string Own(string path) => At($"/v1/me/subjects/{_programme}/{{n}}{path}");

    private static string Urn(string id) => "urn:uuid:" + id;
}
