using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.Testing;

namespace Scoring.Cluster;

/// <summary>Calls of every kind that carry something of a person to a gateway. Each is sent once, whatever its answer.</summary>
internal sealed class PersonalCalls(Session session, Uri gateway)
{
    private readonly Dictionary<object, string> _tokens = [];

    /// <summary>The access token and the proofs that this sends about a person.</summary>
    public IEnumerable<string> Tokens(Resident person) => [TokenOf(person), .. person.Handles.Select(handle => Proof(person, handle))];

    /// <summary>Sends every kind of call about every person at once; returns the statuses of the answers.</summary>
    public async Task<int[]> All(IReadOnlyList<Resident> people, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = gateway };
        return await Task.WhenAll(people.SelectMany(person => Calls(person)).Select(async call =>
        {
            using var request = call;
            using var answer = await http.SendAsync(request, cancellationToken);
            return (int)answer.StatusCode;
        }));
    }

    /// <summary>Opens a person's stream of live notices.</summary>
    public Task<NoticeListener> Listen(Resident person, CancellationToken cancellationToken) =>
        NoticeListener.Open(gateway, Own(person) + "/notices", TokenOf(person), null, cancellationToken);

    /// <summary>Withdraws a person; the client repeats the call until it is answered.</summary>
    public Task Withdraw(Resident person, CancellationToken cancellationToken) =>
        session.Api.SendJson(HttpMethod.Delete, Own(person), TokenOf(person), null, cancellationToken);

    private IEnumerable<HttpRequestMessage> Calls(Resident person)
    {
        var service = session.Standalone.Services.First(one => one.Programme == person.Programme);
        var token = TokenOf(person);
        yield return Call(HttpMethod.Post, "/v1/scores/query", service.Token, new JsonObject { ["grant"] = person.Grant });
        yield return Call(HttpMethod.Post, "/v1/scores/query", token, new JsonObject { ["grant"] = person.Grant });
        yield return Call(HttpMethod.Post, "/v1/scores/query", service.Token, new JsonObject { ["grant"] = 7, ["of"] = person.Grant });
        yield return Call(HttpMethod.Get, $"/v1/me/subjects?programme={person.Programme}", token);
        foreach (var list in (string[])["score", "history", "looks", "grants", "handles", "receipt", "contests"])
            yield return Call(HttpMethod.Get, $"{Own(person)}/{list}", token);
        yield return Call(
            HttpMethod.Post, Own(person) + "/handles", token,
            new JsonObject { ["handleProofs"] = new JsonArray([.. person.Handles.Select(handle => (JsonNode)Proof(person, handle))]) });
        yield return Call(HttpMethod.Get, $"{Own(person)}/score", token + "x");
    }

    private static HttpRequestMessage Call(HttpMethod method, string path, string token, JsonNode? body = null)
    {
        var call = new HttpRequestMessage(method, path);
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) call.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return call;
    }

    private string TokenOf(Resident person) => Once(person, () => session.Credentials.ParticipantToken(person.Participant));

    private string Proof(Resident person, Handle handle) =>
        Once(handle, () => session.Credentials.HandleProof(handle.Source, handle.Token, person.Programme, person.Participant));

    /// <summary>Signs once and returns the same text each time, so that it can be searched for.</summary>
    private string Once(object about, Func<string> sign)
    {
        lock (_tokens) return _tokens.TryGetValue(about, out var token) ? token : _tokens[about] = sign();
    }

    private static string Own(Resident person) => $"/v1/me/subjects/{person.Programme}/{person.Ordinal}";
}
