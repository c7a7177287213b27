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
public sealed class Rights(Api api, string token, string programme, int ordinal)
{
    private string At => $"/v1/me/subjects/{Uri.EscapeDataString(programme)}/{ordinal}";

    /// <summary>The subject: consent, handles, whether it is paused or lapsed, what is to come.</summary>
    public Task<JsonElement> Subject(CancellationToken cancel) => Ask(HttpMethod.Get, "", null, cancel);

    /// <summary>The score, explained.</summary>
    public Task<JsonElement> Score(CancellationToken cancel) => Ask(HttpMethod.Get, "/score", null, cancel);

    /// <summary>What a made-up event of today would change; it is stored nowhere.</summary>
    public Task<JsonElement> WhatIf(string type, JsonObject data, CancellationToken cancel) =>
        Ask(HttpMethod.Post, "/score/what-if", new JsonObject { ["type"] = type, ["data"] = data.DeepClone() }, cancel);

    /// <summary>The newest entries.</summary>
    public Task<JsonElement> History(int count, CancellationToken cancel) => Ask(HttpMethod.Get, $"/history?count={count}", null, cancel);

    /// <summary>The newest notices.</summary>
    public Task<JsonElement> Notices(int count, CancellationToken cancel) => Ask(HttpMethod.Get, $"/notices?count={count}", null, cancel);

    /// <summary>The newest looks and what was answered.</summary>
    public Task<JsonElement> Looks(int count, CancellationToken cancel) => Ask(HttpMethod.Get, $"/looks?count={count}", null, cancel);

    /// <summary>The signed consent record, a JWS in compact form.</summary>
    public async Task<string> Receipt(CancellationToken cancel) =>
        (await Ask(HttpMethod.Get, "/receipt", null, cancel)).GetProperty("receipt").GetString()!;

    /// <summary>The standing grants.</summary>
    public Task<JsonElement> Grants(CancellationToken cancel) => Ask(HttpMethod.Get, "/grants", null, cancel);

    /// <summary>Lets a service ask, for ever or so many times; the answer has the token.</summary>
    public Task<JsonElement> Grant(string service, int? uses, CancellationToken cancel)
    {
        var wish = new JsonObject { ["service"] = service };
        if (uses is { } many) wish["uses"] = many;
        return Ask(HttpMethod.Post, "/grants", wish, cancel);
    }

    /// <summary>Takes a grant back.</summary>
    public Task Revoke(string grant, CancellationToken cancel) =>
        Ask(HttpMethod.Delete, $"/grants/{Uri.EscapeDataString(grant)}", null, cancel);

    /// <summary>The linked handles.</summary>
    public Task<JsonElement> Handles(CancellationToken cancel) => Ask(HttpMethod.Get, "/handles", null, cancel);

    /// <summary>Links a further handle by its source's proof.</summary>
    public Task<JsonElement> Link(string proof, CancellationToken cancel) =>
        Ask(HttpMethod.Post, "/handles", new JsonObject { ["handleProofs"] = new JsonArray(proof) }, cancel);

    /// <summary>Unlinks a handle.</summary>
    public Task Unlink(string handle, CancellationToken cancel) =>
        Ask(HttpMethod.Delete, $"/handles/{Uri.EscapeDataString(handle)}", null, cancel);

    /// <summary>Pauses everything.</summary>
    public Task Pause(CancellationToken cancel) => Ask(HttpMethod.Put, "/restriction", null, cancel);

    /// <summary>Lifts the pause.</summary>
    public Task GoOn(CancellationToken cancel) => Ask(HttpMethod.Delete, "/restriction", null, cancel);

    /// <summary>All contests.</summary>
    public Task<JsonElement> Contests(CancellationToken cancel) => Ask(HttpMethod.Get, "/contests", null, cancel);

    /// <summary>Challenges the event at a turn.</summary>
    public Task<JsonElement> Contest(long turn, string ground, CancellationToken cancel) =>
        Ask(HttpMethod.Post, "/contests", new JsonObject { ["turn"] = turn, ["ground"] = ground }, cancel);

    /// <summary>Adds new material to a contest: a further ground.</summary>
    public Task<JsonElement> Material(string contest, string ground, CancellationToken cancel) =>
        Ask(HttpMethod.Post, $"/contests/{Uri.EscapeDataString(contest)}/material", new JsonObject { ["ground"] = ground }, cancel);

    /// <summary>Leaves and has everything erased.</summary>
    public Task<JsonElement> Leave(CancellationToken cancel) => Ask(HttpMethod.Delete, "", null, cancel);

    /// <summary>Everything, as one signed archive.</summary>
    public Task Export(Stream into, CancellationToken cancel) => api.Download(At + "/export", token, into, cancel);

    /// <summary>A code by which an auditor may name this subject.</summary>
    public async Task<string> AuditCode(CancellationToken cancel) =>
        (await Ask(HttpMethod.Post, "/audit-codes", new JsonObject(), cancel)).GetProperty("code").GetString()!;

    /// <summary>Live notices: id and JSON of each.</summary>
    /// <param name="after">The last id seen; <see langword="null"/> for what is new from now on.</param>
    /// <param name="cancel">Ends listening.</param>
    public async IAsyncEnumerable<SseItem<string>> Listen(string? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var answer = await api.Open(At + "/notices", token, "text/event-stream", after, cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancel)) yield return item;
    }

    private async Task<JsonElement> Ask(HttpMethod method, string path, JsonNode? body, CancellationToken cancel)
    {
        var bytes = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());
        var (status, answer) = await api.Send(method, At + path, token, bytes, "application/json", cancel);
        if (status == HttpStatusCode.NotFound) throw new CityException("There is no such subject of this person, or not what was named.");
        if ((int)status is < 200 or >= 300) throw new CityException(Administration.Refusal(status, answer));
        return answer.Length == 0 ? default : JsonElement.Parse(answer);
    }
}
