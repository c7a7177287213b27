using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Postgres;

namespace Scoring.Development;

/// <summary>
/// What a client on this machine needs to try the platform: <c>standalone.json</c> with address, tokens and the development keys, and the
/// same tokens one a file under <c>tokens/</c>, ready for a command line. Readable by its owner alone.
/// </summary>
internal sealed class StandaloneFileWriter(string folder, DevelopmentCity city, DevelopmentTokenIssuer tokens)
{
    // A draft takes its author and two others.
    private static readonly string[] Administrators = ["administrator-1", "administrator-2", "administrator-3"];

    public string Path => System.IO.Path.Combine(folder, "standalone.json");

    public string TokenFolder => System.IO.Path.Combine(folder, "tokens");

    /// <param name="address">The gateway's base address.</param>
    /// <param name="clockFile">The development clock's file, if it runs by one.</param>
    /// <param name="testGrant">The test grant of a service.</param>
    public void Write(string address, string? clockFile, Func<string, string> testGrant)
    {
        var ready = new Dictionary<string, string>
        {
            ["source"] = tokens.ForSource(DevelopmentCity.Sources[1].Id),
            ["service"] = tokens.ForService(DevelopmentCity.Services[0].Id),
            ["participant"] = tokens.ForParticipant("participant-1"),
            ["auditor"] = tokens.ForRole("auditor", "auditor-1"),
        };
        foreach (var name in Administrators) ready[name] = tokens.ForRole("administrator", name);
        PrivateFolder.Create(TokenFolder);
        foreach (var (name, token) in ready) PrivateFile.Write(System.IO.Path.Combine(TokenFolder, name), token);
        PrivateFile.Write(Path, Document(address, clockFile, testGrant, ready).ToJsonString(
            new JsonSerializerOptions { WriteIndented = true }));
    }

    private JsonObject Document(
        string address, string? clockFile, Func<string, string> testGrant, Dictionary<string, string> ready) => new()
    {
        ["address"] = address,
        ["clockFile"] = clockFile,
        ["issuer"] = new JsonObject
        {
            ["issuer"] = DevelopmentCity.Issuer,
            ["audience"] = DevelopmentCity.Audience,
            ["signingKey"] = city.IssuerKey.Private,
        },
        ["tokens"] = new JsonObject
        {
            ["source"] = ready["source"],
            ["service"] = ready["service"],
            ["participant"] = ready["participant"],
            ["auditor"] = ready["auditor"],
            ["administrator"] = new JsonArray([.. Administrators.Select(name => (JsonNode)ready[name])]),
        },
        ["sources"] = new JsonArray([.. DevelopmentCity.Sources.Select(source => (JsonNode)new JsonObject
        {
            ["id"] = source.Id,
            ["family"] = source.Family,
            ["token"] = tokens.ForSource(source.Id),
            ["signingKey"] = city.SourceKeys[source.Id].Private,
        })]),
        ["services"] = new JsonArray([.. DevelopmentCity.Services.Select(service => (JsonNode)new JsonObject
        {
            ["id"] = service.Id,
            ["programme"] = service.Programme,
            ["token"] = tokens.ForService(service.Id),
            ["testGrant"] = testGrant(service.Id),
        })]),
    };
}
