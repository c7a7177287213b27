using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Scoring.Events;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Testing;

/// <summary>
/// One programme for each kind of subject, with rules so simple that the score is a sum: a good event gives 7 points, a bad one takes 3,
/// and no cap applies.
/// </summary>
public static partial class TestProgrammes
{
    public const long Floor = 1000;

    public const string SourceId = "urn:city:traffic";

    public const string ServiceId = "city-parking";

    private static readonly ECDsa SourceKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static ProgrammeId Vehicles { get; } = ProgrammeId.Parse("safe-driver");

    public static ProgrammeId Citizens { get; } = ProgrammeId.Parse("fair-payer");

    public static ProgrammeId Merchants { get; } = ProgrammeId.Parse("clean-kitchen");

    public static DocumentSet Documents { get; } = new(
        [.. new[] { (Citizens, SubjectKind.Citizen), (Merchants, SubjectKind.Merchant), (Vehicles, SubjectKind.Vehicle) }
            .Select(pair => Version(Programme(pair.Item1, pair.Item2), 1))],
        [new EventType("traffic.trip", EventFamily.Traffic, EventOrigin.Initiated, Context.Mobility, "A trip.",
            [new AttributeDefinition("good", AttributeKind.Boolean, true, "", 0, 0, [], "Whether it went well.")])],
        [new Source(SourceId, "Traffic", EventFamily.Traffic, [PublicKey()]),
            new Source("urn:city:till", "Till", EventFamily.Payment, [PublicKey()])],
        [new Service(ServiceId, Vehicles, "City Parking Ltd", "Fees", "parking@example.org", new DateOnly(2027, 1, 1), Context.Mobility),
            new Service("city-lapsed", Vehicles, "Lapsed Ltd", "Fees", "lapsed@example.org", new DateOnly(2026, 6, 14), Context.Mobility),
            new Service("city-food", Merchants, "City Food Ltd", "Fees", "food@example.org", new DateOnly(2027, 1, 1), Context.FoodSafety)],
        []);

    public static ProgrammeVersion Version(Programme terms, int number) => new(
        terms, RuleSet(number), new Assessment(["Testers"], [new Risk("None.", "None.")], new DateOnly(2027, 1, 1)), false, []);

    public static RuleSet RuleSet(int number) => RuleSetDocument.Hashed(new RuleSet(
        number, new DateOnly(2026, 1, 1).AddDays(number - 1), "Trips.",
        [new Rule("trips", "traffic.trip", null, new PointsByValue("good", [new PointsRow("false", -3), new PointsRow("true", 7)]),
            1_000_000, 1_000_000, 365, 0, "Trips that go well.")],
        [new Tier("baseline", Floor), new Tier("silver", Floor + 50), new Tier("gold", Floor + 500)], ""));

    public static byte[] Body(int points) => Encoding.UTF8.GetBytes(
        $$"""{"data":{"good":{{(points == 7 ? "true" : "false")}}},"source":"{{SourceId}}","type":"traffic.trip"}""");

    public static int PointsOf(byte[] body)
    {
        using var parsed = JsonDocument.Parse(body);
        return parsed.RootElement.GetProperty("data").GetProperty("good").GetBoolean() ? 7 : -3;
    }

    /// <summary>Signs a compact JWS with the source's key.</summary>
    public static string Proof(object payload, string keyId = "source-1", string algorithm = "ES256", ECDsa? key = null)
    {
        static string Part(object part) => System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
        var signed = $"{Part(new { alg = algorithm, kid = keyId })}.{Part(payload)}";
        var signature = (key ?? SourceKey).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}";
    }

    private static Programme Programme(ProgrammeId id, SubjectKind kind) => new(
        id, id.Value, "Tests.", Context.Mobility, kind, ["traffic.trip"], Floor, 1_000_000, "UTC", 30, 730,
        new Controller("City", "city@example.org"), [new TierEffect("silver", Effect.FeeDiscount, "A lower fee.")]);

    /// <summary>Returns a public key as a source registers it; the source's own by default.</summary>
    public static string PublicKey(ECDsa? key = null, string keyId = "source-1")
    {
        var point = (key ?? SourceKey).ExportParameters(false).Q;
        static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
        return $$"""{"crv":"P-256","kid":"{{keyId}}","kty":"EC","x":"{{Text(point.X!)}}","y":"{{Text(point.Y!)}}"}""";
    }
}
