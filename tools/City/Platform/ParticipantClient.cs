using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Platform;

/// <summary>What a participant calls of the API about one of their subjects, each call by its meaning.</summary>
/// <param name="api">The API.</param>
/// <param name="token">The participant's access token.</param>
/// <param name="programme">The programme.</param>
/// <param name="ordinal">The participant's ordinal of the subject there.</param>
public sealed class ParticipantClient(ApiClient api, string token, string programme, int ordinal)
{
    private string Path => $"/v1/me/subjects/{Uri.EscapeDataString(programme)}/{ordinal}";

    /// <summary>The subject: consent, handles, whether it is paused or lapsed, what is to come.</summary>
    public Task<JsonElement> Subject(CancellationToken cancellationToken) => Send(HttpMethod.Get, "", null, cancellationToken);

    /// <summary>The score, explained.</summary>
    public Task<JsonElement> Score(CancellationToken cancellationToken) => Send(HttpMethod.Get, "/score", null, cancellationToken);

    /// <summary>What a made-up event of today would change; it is stored nowhere.</summary>
    public Task<JsonElement> WhatIf(string type, JsonObject data, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, "/score/what-if", new JsonObject { ["type"] = type, ["data"] = data.DeepClone() }, cancellationToken);

    /// <summary>The newest entries.</summary>
    public Task<JsonElement> History(int count, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, $"/history?count={count}", null, cancellationToken);

    /// <summary>The newest notices.</summary>
    public Task<JsonElement> Notices(int count, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, $"/notices?count={count}", null, cancellationToken);

    /// <summary>The newest looks and what was answered.</summary>
    public Task<JsonElement> AccessLog(int count, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, $"/looks?count={count}", null, cancellationToken);

    /// <summary>The signed consent record, a JWS in compact form.</summary>
    public async Task<string> Receipt(CancellationToken cancellationToken) =>
        (await Send(HttpMethod.Get, "/receipt", null, cancellationToken)).GetProperty("receipt").GetString()!;

    /// <summary>The standing grants.</summary>
    public Task<JsonElement> Grants(CancellationToken cancellationToken) => Send(HttpMethod.Get, "/grants", null, cancellationToken);

    /// <summary>Lets a service ask, for ever or so many times; the answer has the token.</summary>
    public Task<JsonElement> Grant(string service, int? uses, CancellationToken cancellationToken)
    {
        var wish = new JsonObject { ["service"] = service };
        if (uses is { } many) wish["uses"] = many;
        return Send(HttpMethod.Post, "/grants", wish, cancellationToken);
    }

    /// <summary>Takes a grant back.</summary>
    public Task Revoke(string grant, CancellationToken cancellationToken) =>
        Send(HttpMethod.Delete, $"/grants/{Uri.EscapeDataString(grant)}", null, cancellationToken);

    /// <summary>The linked handles.</summary>
    public Task<JsonElement> Handles(CancellationToken cancellationToken) => Send(HttpMethod.Get, "/handles", null, cancellationToken);

    /// <summary>Links a further handle by its source's proof.</summary>
    public Task<JsonElement> Link(string proof, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, "/handles", new JsonObject { ["handleProofs"] = new JsonArray(proof) }, cancellationToken);

    /// <summary>Unlinks a handle.</summary>
    public Task Unlink(string handle, CancellationToken cancellationToken) =>
        Send(HttpMethod.Delete, $"/handles/{Uri.EscapeDataString(handle)}", null, cancellationToken);

    /// <summary>Pauses everything.</summary>
    public Task Pause(CancellationToken cancellationToken) => Send(HttpMethod.Put, "/restriction", null, cancellationToken);

    /// <summary>Lifts the pause.</summary>
    public Task Resume(CancellationToken cancellationToken) => Send(HttpMethod.Delete, "/restriction", null, cancellationToken);

    /// <summary>All contests.</summary>
    public Task<JsonElement> Contests(CancellationToken cancellationToken) => Send(HttpMethod.Get, "/contests", null, cancellationToken);

    /// <summary>Challenges the event at a turn.</summary>
    public Task<JsonElement> Contest(long turn, string ground, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, "/contests", new JsonObject { ["turn"] = turn, ["ground"] = ground }, cancellationToken);

    /// <summary>Adds new material to a contest: a further ground.</summary>
    public Task<JsonElement> Material(string contest, string ground, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, $"/contests/{Uri.EscapeDataString(contest)}/material", new JsonObject
            { ["ground"] = ground }, cancellationToken);

    /// <summary>Leaves and has everything erased.</summary>
    public Task<JsonElement> Leave(CancellationToken cancellationToken) => Send(HttpMethod.Delete, "", null, cancellationToken);

    /// <summary>Everything, as one signed archive.</summary>
    public Task Export(Stream into, CancellationToken cancellationToken) => api.Download(Path + "/export", token, into, cancellationToken);

    /// <summary>A code by which an auditor may name this subject.</summary>
    public async Task<string> AuditCode(CancellationToken cancellationToken) =>
        (await Send(HttpMethod.Post, "/audit-codes", new JsonObject(), cancellationToken)).GetProperty("code").GetString()!;

    /// <summary>Live notices: id and JSON of each.</summary>
    /// <param name="after">The last id seen; <see langword="null"/> for what is new from now on.</param>
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
        if (status == HttpStatusCode.NotFound) throw new CityException("There is no such subject of this person, or not what was named.");
        if ((int)status is < 200 or >= 300) throw new CityException(AdministratorClient.Refusal(status, answer));
        return answer.Length == 0 ? default : JsonElement.Parse(answer);
    }
}
