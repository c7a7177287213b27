using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Platform;

/// <summary>What an auditor calls of the API, each call by its meaning.</summary>
/// <param name="api">The API.</param>
/// <param name="token">The auditor's access token.</param>
public sealed class AuditorClient(ApiClient api, string token)
{
    private const string Archive = "application/zip";

    /// <summary>Opens a case; returns its name.</summary>
    public async Task<string> Open(string programme, string purpose, DateOnly expiresOn, CancellationToken cancellationToken) =>
        (await Send("/cases", new JsonObject
    {
        ["programme"] = programme, ["purpose"] = purpose, ["expiresOn"] = expiresOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    }, cancellationToken)).GetProperty("case").GetString()!;

    /// <summary>A history with its proofs, as an archive.</summary>
    public Task History(string opened, JsonObject name, Stream into, CancellationToken cancellationToken) =>
        api.Download("/v1/audit/histories", token, About(opened, name), Archive, into, cancellationToken);

    /// <summary>A score from the ledger alone beside the live one.</summary>
    public Task<JsonElement> Recompute(string opened, JsonObject name, CancellationToken cancellationToken) =>
        Send("/recomputations", About(opened, name), cancellationToken);

    /// <summary>Asks for a draw; returns its name.</summary>
    public async Task<string> Draw(string opened, int count, CancellationToken cancellationToken) =>
        (await Send("/draws", new JsonObject { ["case"] = opened, ["count"] = count }, cancellationToken)).GetProperty("draw").GetString()!;

    /// <summary>How a draw stands.</summary>
    public async Task<JsonElement> Drawn(string draw, CancellationToken cancellationToken) =>
        await api.Ask(HttpMethod.Get, $"/v1/audit/draws/{draw}", token, null, cancellationToken)
            ?? throw new CityException("There is no such draw.");

    /// <summary>Every leaf of the ledger, as an archive.</summary>
    public Task Ledger(string opened, Stream into, CancellationToken cancellationToken) =>
        api.Download("/v1/audit/ledgers", token, new JsonObject { ["case"] = opened }, Archive, into, cancellationToken);

    private static JsonObject About(string opened, JsonObject name) => new() { ["case"] = opened, ["subject"] = name.DeepClone() };

    private async Task<JsonElement> Send(string path, JsonObject body, CancellationToken cancellationToken) =>
        await api.Ask(HttpMethod.Post, "/v1/audit" + path, token, body, cancellationToken)
            ?? throw new CityException("Not found: no such case, or the name leads to nobody in its programme.");
}
