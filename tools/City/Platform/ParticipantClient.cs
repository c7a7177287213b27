using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Platform;

/// <summary>The calls to the API that a participant makes about one subject.</summary>
/// <param name="api">The HTTP client.</param>
/// <param name="token">The participant's access token.</param>
/// <param name="programme">The programme's id.</param>
/// <param name="ordinal">The number of the participant's subject in the programme.</param>
public sealed class ParticipantClient(ApiClient api, string token, string programme, int ordinal)
{
    private string Path => $"/v1/me/subjects/{Uri.EscapeDataString(programme)}/{ordinal}";

    /// <summary>Returns the subject: consent, handles, whether it is paused or lapsed, and coming versions.</summary>
    public Task<JsonElement> Subject(CancellationToken cancellationToken) => Send(HttpMethod.Get, "", null, cancellationToken);

    /// <summary>Returns the score with its explanation.</summary>
    public Task<JsonElement> Score(CancellationToken cancellationToken) => Send(HttpMethod.Get, "/score", null, cancellationToken);

    /// <summary>Returns what a hypothetical event of today would change. The event is not stored.</summary>
    public Task<JsonElement> WhatIf(string type, JsonObject data, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, "/score/what-if", new JsonObject { ["type"] = type, ["data"] = data.DeepClone() }, cancellationToken);

    /// <summary>Returns the newest entries.</summary>
    public Task<JsonElement> History(int count, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, $"/history?count={count}", null, cancellationToken);

    /// <summary>Returns the newest notices.</summary>
    public Task<JsonElement> Notices(int count, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, $"/notices?count={count}", null, cancellationToken);

    /// <summary>Returns the newest accesses to the subject's entries, with their answers.</summary>
    public Task<JsonElement> AccessLog(int count, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, $"/looks?count={count}", null, cancellationToken);

    /// <summary>Returns the signed consent record, a JWS in compact form.</summary>
    public async Task<string> Receipt(CancellationToken cancellationToken) =>
        (await Send(HttpMethod.Get, "/receipt", null, cancellationToken)).GetProperty("receipt").GetString()!;

    /// <summary>Returns the active grants.</summary>
    public Task<JsonElement> Grants(CancellationToken cancellationToken) => Send(HttpMethod.Get, "/grants", null, cancellationToken);

    /// <summary>Gives a service a grant, with a number of uses or without a limit. The answer holds the token.</summary>
    public Task<JsonElement> Grant(string service, int? uses, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["service"] = service };
        if (uses is { } count) body["uses"] = count;
        return Send(HttpMethod.Post, "/grants", body, cancellationToken);
    }

    /// <summary>Revokes a grant.</summary>
    public Task Revoke(string grant, CancellationToken cancellationToken) =>
        Send(HttpMethod.Delete, $"/grants/{Uri.EscapeDataString(grant)}", null, cancellationToken);

    /// <summary>Returns the linked handles.</summary>
    public Task<JsonElement> Handles(CancellationToken cancellationToken) => Send(HttpMethod.Get, "/handles", null, cancellationToken);

    /// <summary>Links another handle, with its source's proof.</summary>
    public Task<JsonElement> Link(string proof, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, "/handles", new JsonObject { ["handleProofs"] = new JsonArray(proof) }, cancellationToken);

    /// <summary>Unlinks a handle.</summary>
    public Task Unlink(string handle, CancellationToken cancellationToken) =>
        Send(HttpMethod.Delete, $"/handles/{Uri.EscapeDataString(handle)}", null, cancellationToken);

    /// <summary>Pauses the subject: no events count, and services get the neutral answer.</summary>
    public Task Pause(CancellationToken cancellationToken) => Send(HttpMethod.Put, "/restriction", null, cancellationToken);

    /// <summary>Ends the pause.</summary>
    public Task Resume(CancellationToken cancellationToken) => Send(HttpMethod.Delete, "/restriction", null, cancellationToken);

    /// <summary>Returns all contests.</summary>
    public Task<JsonElement> Contests(CancellationToken cancellationToken) => Send(HttpMethod.Get, "/contests", null, cancellationToken);

    /// <summary>Contests the event at a turn.</summary>
    public Task<JsonElement> Contest(long turn, string ground, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, "/contests", new JsonObject { ["turn"] = turn, ["ground"] = ground }, cancellationToken);

    /// <summary>Adds new material to a contest: another ground.</summary>
    public Task<JsonElement> Material(string contest, string ground, CancellationToken cancellationToken) =>
        Send(
            HttpMethod.Post, $"/contests/{Uri.EscapeDataString(contest)}/material", new JsonObject { ["ground"] = ground },
            cancellationToken);

    /// <summary>Leaves the programme. Everything is erased before the answer.</summary>
    public Task<JsonElement> Leave(CancellationToken cancellationToken) => Send(HttpMethod.Delete, "", null, cancellationToken);

    /// <summary>Writes everything as one signed archive.</summary>
    public Task Export(Stream into, CancellationToken cancellationToken) => api.Download(Path + "/export", token, into, cancellationToken);

    /// <summary>Makes a code by which an auditor may name this subject.</summary>
    public async Task<string> AuditCode(CancellationToken cancellationToken) =>
        (await Send(HttpMethod.Post, "/audit-codes", new JsonObject(), cancellationToken)).GetProperty("code").GetString()!;

    /// <summary>Receives live notices, each with its id and JSON.</summary>
    /// <param name="after">The last id received; <see langword="null"/> for new notices only.</param>
    /// <param name="cancellationToken">Ends listening.</param>
    public async IAsyncEnumerable<SseItem<string>> Listen(string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await api.Open(Path + "/notices", token, "text/event-stream", after, cancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken)) yield return item;
    }

    private async Task<JsonElement> Send(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        var bytes = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());
        var (status, answer) = await api.Send(method, Path + path, token, bytes, "application/json", cancellationToken);
        if (status == HttpStatusCode.NotFound)
            throw new CityException("Not found: the person has no such subject, or the subject has nothing of this name.");
        if ((int)status is < 200 or >= 300) throw new CityException(AdministratorClient.Refusal(status, answer));
        return answer.Length == 0 ? default : JsonElement.Parse(answer);
    }
}
