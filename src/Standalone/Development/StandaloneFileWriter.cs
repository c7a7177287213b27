using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Hosting;
using Scoring.People;
using Scoring.Postgres;
using Scoring.Tokens;

namespace Scoring.Development;

/// <summary>
/// Writes what a client on this machine needs: <c>standalone.json</c> with the address, tokens and the development keys, and each token in
/// a file of its own under <c>tokens/</c> for use on a command line. Only the owner may read these files.
/// </summary>
internal sealed class StandaloneFileWriter(string folder, DevelopmentCity city, ReadyTokens tokens)
{
    public string Path => System.IO.Path.Combine(folder, "standalone.json");

    public string TokenFolder => System.IO.Path.Combine(folder, "tokens");

    /// <param name="addresses">Where the platform answers.</param>
    /// <param name="clockFile">The file of the development clock; <see langword="null"/> when the platform uses the machine's
    /// clock.</param>
    /// <param name="testGrant">Returns the test grant of a service, by its id.</param>
    public void Write(StandaloneAddresses addresses, string? clockFile, Func<string, string> testGrant)
    {
        var ready = new Dictionary<string, string>
        {
            ["source"] = tokens.ForSource(DevelopmentCity.Sources[1].Id),
            ["service"] = tokens.ForService(DevelopmentCity.Services[0].Id),
        };
        foreach (var person in MadeUpPeople.All) ready[person.Id] = tokens.ForPerson(person);
        PrivateFolder.Create(TokenFolder);
        foreach (var (name, token) in ready) PrivateFile.Write(System.IO.Path.Combine(TokenFolder, name), token);
        PrivateFile.Write(Path, Document(addresses, clockFile, testGrant, ready).ToJsonString(
            new JsonSerializerOptions { WriteIndented = true }));
    }

    private JsonObject Document(
        StandaloneAddresses addresses, string? clockFile, Func<string, string> testGrant, Dictionary<string, string> ready) => new()
    {
        ["address"] = addresses.Api,
        ["health"] = addresses.Health,
        ["clockFile"] = clockFile,
        ["installation"] = DevelopmentCity.Installation,
        ["issuer"] = new JsonObject
        {
            ["issuer"] = tokens.Issuer,
            ["audience"] = ReadyTokens.Audience,
            ["signingKey"] = city.Issuer.Key.Private,
        },
        ["tokens"] = new JsonObject
        {
            ["source"] = ready["source"],
            ["service"] = ready["service"],
            ["participant"] = ready["participant"],
            ["auditor"] = ready["auditor"],
            ["administrator"] = new JsonArray([.. MadeUpPeople.Administrators.Select(person => (JsonNode)ready[person.Id])]),
        },
        ["portal"] = new JsonObject
        {
            ["address"] = addresses.Portal?.GetLeftPart(UriPartial.Authority),
            ["clientId"] = IssuerSetup.PortalId,
            ["clientSecret"] = city.Issuer.PortalSecret,
        },
        ["sources"] = Sources(),
        ["services"] = Services(testGrant),
        ["things"] = new JsonArray([.. city.Things.Select(thing => (JsonNode)new JsonObject
        {
            ["id"] = thing.Id, ["programme"] = thing.Programme, ["source"] = thing.Source, ["handle"] = thing.Handle,
        })]),
    };

    private JsonArray Sources() =>
    [
        .. DevelopmentCity.Sources.Select(source => (JsonNode)new JsonObject
        {
            ["id"] = source.Id,
            ["family"] = source.Family,
            ["token"] = tokens.ForSource(source.Id),
            ["signingKey"] = city.SourceKeys[source.Id].Private,
        }),
    ];

    private JsonArray Services(Func<string, string> testGrant) =>
    [
        .. DevelopmentCity.Services.Select(service => (JsonNode)new JsonObject
        {
            ["id"] = service.Id,
            ["programme"] = service.Programme,
            ["token"] = tokens.ForService(service.Id),
            ["testGrant"] = testGrant(service.Id),
        }),
    ];
}

/// <summary>Where the platform answers.</summary>
/// <param name="Api">The gateway's base address.</param>
/// <param name="Portal">The portal's base address; <see langword="null"/> when it does not run.</param>
/// <param name="Health">The health listener's base address; <see langword="null"/> when it does not run.</param>
internal sealed record StandaloneAddresses(string Api, Uri? Portal, string? Health);
