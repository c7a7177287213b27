using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Tests.Rules;

/// <summary>A small valid set of documents; a test changes one place of it.</summary>
internal static class SampleDocuments
{
    public const string EventTypes = """
        [
          {"name":"traffic.trip","family":"traffic","origin":"initiated","context":"mobility","description":"A trip.","attributes":[
            {"name":"km","kind":"integer","required":true,"unit":"km","min":0,"max":100,"description":"How far."},
            {"name":"calm","kind":"boolean","required":false,"description":"Whether calm."},
            {"name":"road","kind":"code","required":false,"codes":["city","land"],"description":"Where."}]},
          {"name":"surveillance.camera","family":"surveillance","origin":"automatic","context":"mobility","description":"A camera.",
          "attributes":[]},
          {"name":"traffic.park","family":"traffic","origin":"attested","context":"mobility","description":"Parked.","attributes":[]},
          {"name":"payment.paid","family":"payment","origin":"initiated","context":"local-commerce","description":"Paid.","attributes":[]}
        ]
        """;

    public const string Programme = """
        {"id":"calm","name":"Calm","purpose":"Calm driving.","context":"mobility","subjectKind":"vehicle",
         "eventTypes":["traffic.trip","surveillance.camera"],"floor":500,"ceiling":900,"zone":"Europe/Berlin","latenessDaysMax":30,
         "retentionDays":400,"controller":{"legalName":"City","contact":"c@example.org"},
         "effects":[{"tier":"gold","effect":"fee-discount","description":"Less."}]}
        """;

    public const string RuleSet = """
        {"number":1,"firstDay":"2025-01-01","summary":"First.",
         "rules":[
          {"id":"trips","eventType":"traffic.trip","points":5,"capPerDay":10,"capPerWindow":100,"windowDays":90,"halfLifeDays":30,
          "reason":"Trips.",
           "when":{"all":[{"attribute":"km","atLeast":3},{"not":{"attribute":"calm","oneOf":["false"]}}]}},
          {"id":"roads","eventType":"traffic.trip","points":{"by":"road","rows":{"city":2,"land":1}},"capPerDay":10,"capPerWindow":50,
          "windowDays":90,
           "halfLifeDays":0,"reason":"Roads."}],
         "tiers":[{"name":"baseline","from":500},{"name":"gold","from":600}]}
        """;

    public const string Assessment = """
        {"affectedGroups":["Drivers","Keepers"],"risks":[{"risk":"A wrong reading.","mitigation":"A contest."}],"reviewBy":"2025-12-31"}
        """;

    private static readonly string Key = NewKey();

    public static string Registrations => $$"""
        {"sources":[{"id":"urn:example:trips","name":"Trips","family":"traffic","keys":[{{Key}}]}],
         "services":[{"id":"parking","programme":"calm","legalEntity":"Parking","purpose":"Permits.",
         "contact":"p@example.org","lastDay":"2026-01-01","context":"mobility"}]}
        """;

    public static Dictionary<string, string> All() => new()
    {
        ["event-types.json"] = EventTypes,
        ["calm/programme-1.json"] = Programme,
        ["calm/ruleset-1.json"] = RuleSet,
        ["calm/assessment-1.json"] = Assessment,
        ["registrations.json"] = Registrations,
    };

    /// <summary>Returns the sample with a second version; a document that is not given is as in the first.</summary>
    public static Dictionary<string, string> WithSecond(
        string firstDay, Func<string, string>? terms = null, Func<string, string>? rules = null, Func<string, string>? assessment = null)
    {
        var documents = All();
        Add(documents, 2, firstDay, terms, rules, assessment);
        return documents;
    }

    public static void Add(
        Dictionary<string, string> documents, int number, string firstDay, Func<string, string>? terms = null,
        Func<string, string>? rules = null, Func<string, string>? assessment = null)
    {
        var set = RuleSet.Replace("\"number\":1", $"\"number\":{number}", StringComparison.Ordinal)
            .Replace("2025-01-01", firstDay, StringComparison.Ordinal);
        documents[$"calm/programme-{number}.json"] = terms?.Invoke(Programme) ?? Programme;
        documents[$"calm/ruleset-{number}.json"] = rules?.Invoke(set) ?? set;
        documents[$"calm/assessment-{number}.json"] = assessment?.Invoke(Assessment) ?? Assessment;
    }

    public static DocumentSet Read(Dictionary<string, string> documents) =>
        ProgrammeDocuments.Read(documents.Select(pair => (pair.Key, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(pair.Value))));

    /// <summary>Writes a set as canonical documents with their paths; reading them gives the same set.</summary>
    public static (string Path, byte[] Json)[] Written(DocumentSet read)
    {
        return
        [
            (ProgrammeDocuments.EventTypesPath, List(read.EventTypes.Select(EventTypeDocument.Write))),
            (ProgrammeDocuments.RegistrationsPath,
            [
                .. "{\"services\":"u8, .. List(read.Services.Select(RegistrationDocument.Write)),
                .. ",\"sources\":"u8, .. List(read.Sources.Select(RegistrationDocument.Write)), .. "}"u8,
            ]),
            .. read.Versions.SelectMany(OfVersion),
        ];

        static (string, byte[])[] OfVersion(ProgrammeVersion version)
        {
            var id = version.Terms.Id;
            var number = version.RuleSet.Number;
            return
            [
                (ProgrammeDocuments.TermsPath(id, number), ProgrammeDocument.Write(version.Terms)),
                (ProgrammeDocuments.RuleSetPath(id, number), RuleSetDocument.Write(version.RuleSet)),
                (ProgrammeDocuments.AssessmentPath(id, number), AssessmentDocument.Write(version.Assessment)),
            ];
        }

        static byte[] List(IEnumerable<byte[]> elements) =>
            Encoding.UTF8.GetBytes("[" + string.Join(',', elements.Select(Encoding.UTF8.GetString)) + "]");
    }

    /// <summary>Writes a set and reads it again.</summary>
    public static DocumentSet ReadAgain(DocumentSet read) =>
        ProgrammeDocuments.Read(Written(read).Select(text => (text.Path, (ReadOnlyMemory<byte>)text.Json)));

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = "key-1",
            ["x"] = System.Buffers.Text.Base64Url.EncodeToString(point.X),
            ["y"] = System.Buffers.Text.Base64Url.EncodeToString(point.Y),
        }.ToJsonString();
    }
}
