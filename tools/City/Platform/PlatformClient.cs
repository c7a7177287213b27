using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Scores;

namespace Scoring.City.Platform;

/// <summary>The calls to the API that City's runs make. It knows routes and JSON members, and no code of the platform.</summary>
public sealed class PlatformClient(ApiClient api)
{
    private const int HistoryPage = 500;

    /// <summary>Returns a published programme with its rule sets.</summary>
    /// <exception cref="CityException">The programme is not published.</exception>
    public async Task<ProgrammeDocument> Programme(string id, CancellationToken cancellationToken)
    {
        var published = await api.SendJson(HttpMethod.Get, $"/v1/programmes/{id}", null, null, cancellationToken)
            ?? throw new CityException($"The platform has no published programme {id}.");
        var sets = await api.SendJson(HttpMethod.Get, $"/v1/programmes/{id}/rulesets", null, null, cancellationToken)
            ?? throw new CityException($"The platform has no published rule sets of {id}.");
        return ProgrammeDocument.Read(published, sets);
    }

    /// <summary>
    /// Returns the programme's current day, in its zone and by the platform's clock; <see langword="null"/> when it is not published.
    /// </summary>
    public async Task<DateOnly?> Today(string id, CancellationToken cancellationToken)
    {
        var published = await api.SendJson(HttpMethod.Get, $"/v1/programmes/{id}", null, null, cancellationToken);
        return published is { } found
            ? DateOnly.Parse(found.GetProperty("today").GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Enrols one subject under the rule set in force. Returns its ordinal.</summary>
    public async Task<int> Enrol(string token, ProgrammeDocument programme, IEnumerable<string> proofs, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["programme"] = programme.Id,
            ["ruleSet"] = programme.InForce(programme.Today).Hash,
            ["handleProofs"] = new JsonArray([.. proofs.Select(proof => (JsonNode)proof)]),
        };
        var enrolled = await api.SendJson(HttpMethod.Post, "/v1/me/subjects", token, body, cancellationToken)
            ?? throw new ApiException(HttpStatusCode.NotFound, "The enrolment", "");
        return enrolled.GetProperty("ordinal").GetInt32();
    }

    /// <summary>Gives a service a grant for a subject. Returns the grant's token.</summary>
    public async Task<string> Grant(string token, string programme, int ordinal, string service, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["service"] = service };
        var granted = await api.SendJson(HttpMethod.Post, $"/v1/me/subjects/{programme}/{ordinal}/grants", token, body, cancellationToken)
            ?? throw new ApiException(HttpStatusCode.NotFound, "The grant", "");
        return granted.GetProperty("token").GetString()!;
    }

    /// <summary>Returns a participant's own score with its explanation; <see langword="null"/> when there is no such subject.</summary>
    public Task<JsonElement?> Score(string token, string programme, int ordinal, CancellationToken cancellationToken) =>
        api.SendJson(HttpMethod.Get, $"/v1/me/subjects/{programme}/{ordinal}/score", token, null, cancellationToken);

    /// <summary>Queries a score as a service, with a grant.</summary>
    public async Task<(long Score, string Tier)> Query(string serviceToken, string grant, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["grant"] = grant };
        var answer = await api.SendJson(HttpMethod.Post, "/v1/scores/query", serviceToken, body, cancellationToken)
            ?? throw new ApiException(HttpStatusCode.NotFound, "The query", "");
        return (answer.GetProperty("score").GetInt64(), answer.GetProperty("tier").GetString()!);
    }

    /// <summary>Counts the event entries in a participant's own history, page by page.</summary>
    public async Task<long> CountEvents(string token, string programme, int ordinal, CancellationToken cancellationToken)
    {
        var events = 0L;
        for (long? below = null; ;)
        {
            var path = $"/v1/me/subjects/{programme}/{ordinal}/history?count={HistoryPage}" + (below is { } b ? $"&below={b}" : "");
            if (await api.SendJson(HttpMethod.Get, path, token, null, cancellationToken) is not { } page) return events;
            events += page.GetProperty("entries").EnumerateArray()
                .Count(entry => entry.GetProperty("kind").GetString() is "event" or "Event");
            if (page.GetProperty("below") is not { ValueKind: JsonValueKind.Number } next) return events;
            below = next.GetInt64();
        }
    }

    /// <summary>Sends a batch of CloudEvents. Returns the status and the text of the answer.</summary>
    public Task<(HttpStatusCode Status, string Answer)> SendEvents(string sourceToken, byte[] batch, CancellationToken cancellationToken) =>
        api.Send(HttpMethod.Post, "/v1/events", sourceToken, batch, "application/cloudevents-batch+json", cancellationToken);
}
