using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Development;

/// <summary>
/// The synthetic issuer, sources and services of the development set-up. The first start creates their keys and keeps them in the data
/// folder, so that proofs and tokens of an earlier start stay valid until they expire.
/// </summary>
internal sealed class DevelopmentCity
{
    public const string Issuer = "https://issuer.city.example";
    public const string Audience = "scoring";

    /// <summary>The installation that handle proofs are for.</summary>
    public const string Installation = "urn:scoring:development";

    public static readonly (string Id, string Name, string Family)[] Sources =
    [
        ("https://payments.city.example", "City payments", "payment"),
        ("https://traffic.city.example", "City traffic", "traffic"),
        ("https://surveillance.city.example", "City inspections and cameras", "surveillance"),
    ];

    public static readonly (string Id, string Programme, string Context, string LegalEntity, string Purpose)[] Services =
    [
        ("parking-desk", "safe-driver", "mobility", "City Parking Ltd", "Residents' discount on parking fees"),
        ("market-desk", "clean-kitchen", "food-safety", "City Markets Ltd", "Recognition on the market's notice board"),
        ("culture-desk", "fair-payer", "local-commerce", "City Culture Ltd", "Vouchers for city offers"),
    ];

    private DevelopmentCity(SigningKey issuerKey, IReadOnlyDictionary<string, SigningKey> sourceKeys)
    {
        IssuerKey = issuerKey;
        SourceKeys = sourceKeys;
    }

    public SigningKey IssuerKey { get; }

    /// <summary>The keys that sign handle proofs, by source id.</summary>
    public IReadOnlyDictionary<string, SigningKey> SourceKeys { get; }

    /// <summary>Reads the keys from the file, or creates them and writes the file.</summary>
    public static DevelopmentCity Open(string file)
    {
        if (File.Exists(file))
        {
            var stored = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            return new DevelopmentCity(
                SigningKey.Read(stored["issuer"]!.AsObject()),
                stored["sources"]!.AsObject().ToDictionary(source => source.Key, source => SigningKey.Read(source.Value!.AsObject())));
        }

        var city = new DevelopmentCity(
            SigningKey.Create("development-issuer"), Sources.ToDictionary(source => source.Id, source => SigningKey.Create(source.Family)));
        PrivateFile.Write(file, new JsonObject
        {
            ["issuer"] = city.IssuerKey.Private,
            ["sources"] = new JsonObject(city.SourceKeys.Select(key => KeyValuePair.Create(key.Key, (JsonNode?)key.Value.Private))),
        }.ToJsonString());
        return city;
    }

    /// <summary>Returns the JSON document of sources and services that the platform registers at start.</summary>
    /// <param name="lastDay">The last day of the services' registrations.</param>
    public string Registrations(DateOnly lastDay) => new JsonObject
    {
        ["sources"] = new JsonArray([.. Sources.Select(source => (JsonNode)new JsonObject
        {
            ["id"] = source.Id,
            ["name"] = source.Name,
            ["family"] = source.Family,
            ["keys"] = new JsonArray(SourceKeys[source.Id].Public),
        })]),
        ["services"] = new JsonArray([.. Services.Select(service => (JsonNode)new JsonObject
        {
            ["id"] = service.Id,
            ["programme"] = service.Programme,
            ["context"] = service.Context,
            ["legalEntity"] = service.LegalEntity,
            ["purpose"] = service.Purpose,
            ["contact"] = $"privacy@{service.Id}.example",
            ["lastDay"] = lastDay.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        })]),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    /// <summary>The JSON Web Key Set that verifies the issuer's tokens.</summary>
    public string KeySet => new JsonObject { ["keys"] = new JsonArray(IssuerKey.Public) }.ToJsonString();
}
