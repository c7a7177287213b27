using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Linking;

namespace Scoring.Development;

/// <summary>
/// The synthetic issuer, sources and services of the development set-up. The first start creates their keys and keeps them in the data
/// folder, so that proofs and tokens of an earlier start stay valid until they expire.
/// </summary>
internal sealed class DevelopmentCity
{
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

    /// <summary>The kinds of made-up things that the events of a programme are about.</summary>
    private static readonly Dictionary<string, string[]> Kinds = new(StringComparer.Ordinal)
    {
        ["safe-driver"] = ["car"], ["clean-kitchen"] = ["kitchen"], ["fair-payer"] = ["card", "pass"],
    };

    private DevelopmentCity(JsonObject stored)
    {
        SourceKeys = stored["sources"]!.AsObject().ToDictionary(source => source.Key, source => SigningKey.Read(source.Value!.AsObject()));
        Issuer = new IssuerSetup(
            SigningKey.Read(stored["issuer"]!.AsObject()), new DerivationKey(stored["names"]!.GetValue<string>()),
            stored["portalSecret"]!.GetValue<string>(), Installation,
            [.. Sources.Select(source => new LinkingSource(source.Family, source.Id, source.Name, SourceKeys[source.Id]))]);
    }

    /// <summary>What the development issuer keeps from one start to the next.</summary>
    public IssuerSetup Issuer { get; }

    /// <summary>The keys that sign handle proofs, by source id.</summary>
    public IReadOnlyDictionary<string, SigningKey> SourceKeys { get; }

    /// <summary>The things that a person can link, as each source knows them in the programme that they are for.</summary>
    public IEnumerable<MadeUpThing> Things =>
        from programme in Kinds
        from thing in MadeUpThings.Of(Issuer, programme.Key)
        where programme.Value.Contains(thing.Id.Split('-')[0])
        select thing;

    /// <summary>Reads the keys from the file, or creates them. A file of an earlier version gets what it lacks.</summary>
    public static DevelopmentCity Open(string file)
    {
        var stored = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : NewKeys();
        if (!stored.ContainsKey("names"))
        {
            stored["names"] = DerivationKey.Draw();
            stored["portalSecret"] = DerivationKey.Draw();
            PrivateFile.Write(file, stored.ToJsonString());
        }
        return new DevelopmentCity(stored);
    }

    private static JsonObject NewKeys() => new()
    {
        ["issuer"] = SigningKey.Create("development-issuer").Private,
        ["sources"] = new JsonObject(Sources.Select(
            source => KeyValuePair.Create(source.Id, (JsonNode?)SigningKey.Create(source.Family).Private))),
    };

    /// <summary>Returns the JSON document of sources and services that the platform registers at start.</summary>
    /// <param name="lastDay">The last day of the services' registrations.</param>
    /// <param name="linkUri">Returns the linking page of a source, by its family; <see langword="null"/> when no source has one.</param>
    public string Registrations(DateOnly lastDay, Func<string, Uri>? linkUri = null) => new JsonObject
    {
        ["sources"] = new JsonArray([.. Sources.Select(source => (JsonNode)Registration(source, linkUri?.Invoke(source.Family)))]),
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

    private JsonObject Registration((string Id, string Name, string Family) source, Uri? linkUri)
    {
        var registration = new JsonObject
        {
            ["id"] = source.Id,
            ["name"] = source.Name,
            ["family"] = source.Family,
            ["keys"] = new JsonArray(SourceKeys[source.Id].Public),
        };
        if (linkUri is not null) registration["linkUri"] = linkUri.AbsoluteUri;
        return registration;
    }

    /// <summary>The JSON Web Key Set that verifies the issuer's tokens.</summary>
    public string KeySet => new JsonObject { ["keys"] = new JsonArray(Issuer.Key.Public) }.ToJsonString();
}
