using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>
/// The participant's consent record before it is signed, JSON-LD after ISO/IEC TS 27560 in the W3C DPV's words. It names no person: the
/// principal is a random number that stands in this receipt alone.
/// </summary>
internal static class ConsentReceipt
{
    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ProgrammeVersion version, IEnumerable<Service> services, DateTimeOffset at)
    {
        var (programme, ruleSet) = (version.Terms, version.RuleSet);
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["@context"] = new Dictionary<string, string>
            {
                ["@vocab"] = "https://w3id.org/dpv#",
                ["dct"] = "http://purl.org/dc/terms/",
            },
            ["@type"] = "ConsentRecord",
            ["schemaVersion"] = "1",
            ["receiptId"] = RandomId(),
            ["principalId"] = RandomId(),
            ["hasConsentStatus"] = "ConsentGiven",
            ["programme"] = programme.Id.Value,
            ["purpose"] = programme.Purpose,
            ["context"] = programme.Context.ToString(),
            ["controller"] = new Dictionary<string, string>
            {
                ["legalName"] = programme.Controller.LegalName,
                ["contact"] = programme.Controller.Contact,
            },
            ["ruleSet"] = new Dictionary<string, object> { ["number"] = ruleSet.Number, ["hash"] = ruleSet.Hash },
            ["dataCategories"] = programme.EventTypes,
            ["effects"] = programme.Effects.Select(effect => new Dictionary<string, string>
            {
                ["tier"] = effect.Tier,
                ["effect"] = effect.Effect.ToString(),
                ["description"] = effect.Description,
            }),
            ["recipients"] = services.Select(service => new Dictionary<string, string>
            {
                ["service"] = service.Id,
                ["legalEntity"] = service.LegalEntity,
                ["purpose"] = service.Purpose,
                ["contact"] = service.Contact,
            }),
            ["retentionDays"] = programme.RetentionDays,
            ["withdrawalMethod"] = $"DELETE /v1/me/subjects/{programme.Id}/{{n}}: one call, no reason, complete when it answers",
            ["time"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        }, Form);
    }

    private static string RandomId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
