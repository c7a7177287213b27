using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Platform;

/// <summary>The calls to the API that an auditor makes.</summary>
/// <param name="api">The HTTP client.</param>
/// <param name="token">The auditor's access token.</param>
public sealed class AuditorClient(ApiClient api, string token)
{
    private const string Archive = "application/zip";

    /// <summary>Opens a case. Returns its name.</summary>
    public async Task<string> Open(string programme, string purpose, DateOnly expiresOn, CancellationToken cancellationToken) =>
        (await Send(
            "/cases",
            new JsonObject
            {
                ["programme"] = programme,
                ["purpose"] = purpose,
                ["expiresOn"] = expiresOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            },
            cancellationToken)).GetProperty("case").GetString()!;

    /// <summary>Writes a subject's history with its proofs, as an archive.</summary>
    public Task History(string auditCase, JsonObject name, Stream into, CancellationToken cancellationToken) =>
        api.Download("/v1/audit/histories", token, About(auditCase, name), Archive, into, cancellationToken);

    /// <summary>Returns a score computed from the ledger alone, and the live score.</summary>
    public Task<JsonElement> Recompute(string auditCase, JsonObject name, CancellationToken cancellationToken) =>
        Send("/recomputations", About(auditCase, name), cancellationToken);

    /// <summary>Requests a random draw of subjects. Returns its name.</summary>
    public async Task<string> Draw(string auditCase, int count, CancellationToken cancellationToken) =>
        (await Send("/draws", new JsonObject { ["case"] = auditCase, ["count"] = count }, cancellationToken)).GetProperty("draw")
            .GetString()!;

    /// <summary>Returns a draw's status and drawn positions.</summary>
    public async Task<JsonElement> Drawn(string draw, CancellationToken cancellationToken) =>
        await api.SendJson(HttpMethod.Get, $"/v1/audit/draws/{draw}", token, null, cancellationToken)
            ?? throw new CityException("There is no draw of this name.");

    /// <summary>Writes every leaf of the ledger, as an archive.</summary>
    public Task Ledger(string auditCase, Stream into, CancellationToken cancellationToken) =>
        api.Download("/v1/audit/ledgers", token, new JsonObject { ["case"] = auditCase }, Archive, into, cancellationToken);

    private static JsonObject About(string auditCase, JsonObject name) => new() { ["case"] = auditCase, ["subject"] = name.DeepClone() };

    private async Task<JsonElement> Send(string path, JsonObject body, CancellationToken cancellationToken) =>
        await api.SendJson(HttpMethod.Post, "/v1/audit" + path, token, body, cancellationToken)
            ?? throw new CityException("Not found: there is no such case, or the name leads to no subject in its programme.");
}
