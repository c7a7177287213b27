using Scoring.Verify.Scores;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Platform;

/// <summary>What City calls of the API, each call by its meaning. Knows routes and members, nothing of the platform's code.</summary>
public sealed class PlatformClient(ApiClient api)
{
    private const int HistoryPage = 500;

    /// <summary>A published programme with its rule sets.</summary>
    /// <exception cref="CityException">No such programme is published.</exception>
    public async Task<ProgrammeDocument> Programme(string id, CancellationToken cancellationToken)
    {
        var published = await api.Ask(HttpMethod.Get, $"/v1/programmes/{id}", null, null, cancellationToken)
            ?? throw new CityException($"No programme {id} is published here.");
        var sets = await api.Ask(HttpMethod.Get, $"/v1/programmes/{id}/rulesets", null, null, cancellationToken)
            ?? throw new CityException($"No rule sets of {id} are published here.");
        return ProgrammeDocument.Read(published, sets);
    }

    /// <summary>The current day in a programme's zone, by the clock the platform goes by.</summary>
    public async Task<DateOnly?> Today(string id, CancellationToken cancellationToken)
    {
        var published = await api.Ask(HttpMethod.Get, $"/v1/programmes/{id}", null, null, cancellationToken);
        return published is { } found
            ? DateOnly.Parse(found.GetProperty("today").GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Enrols one subject under the rule set in force; returns its ordinal.</summary>
    public async Task<int> Enrol(string token, ProgrammeDocument programme, IEnumerable<string> proofs, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["programme"] = programme.Id,
            ["ruleSet"] = programme.InForce(programme.Today).Hash,
            ["handleProofs"] = new JsonArray([.. proofs.Select(proof => (JsonNode)proof)]),
        };
        var enrolled = await api.Ask(HttpMethod.Post, "/v1/me/subjects", token, body, cancellationToken)
            ?? throw new ApiException(HttpStatusCode.NotFound, "The enrolment", "");
        return enrolled.GetProperty("ordinal").GetInt32();
    }

    /// <summary>Lets a service ask about a subject; returns the grant to hand to it.</summary>
    public async Task<string> Grant(string token, string programme, int ordinal, string service, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["service"] = service };
        var granted = await api.Ask(HttpMethod.Post, $"/v1/me/subjects/{programme}/{ordinal}/grants", token, body, cancellationToken)
            ?? throw new ApiException(HttpStatusCode.NotFound, "The grant", "");
        return granted.GetProperty("token").GetString()!;
    }

    /// <summary>A participant's own score with its explanation; <see langword="null"/> when nothing is there.</summary>
    public Task<JsonElement?> Score(string token, string programme, int ordinal, CancellationToken cancellationToken) =>
        api.Ask(HttpMethod.Get, $"/v1/me/subjects/{programme}/{ordinal}/score", token, null, cancellationToken);

    /// <summary>What a service is told for a grant.</summary>
    public async Task<(long Score, string Tier)> Query(string serviceToken, string grant, CancellationToken cancellationToken)
    {
        var told = await api.Ask(HttpMethod.Post, "/v1/scores/query", serviceToken, new JsonObject { ["grant"] = grant }, cancellationToken)
            ?? throw new ApiException(HttpStatusCode.NotFound, "The query", "");
        return (told.GetProperty("score").GetInt64(), told.GetProperty("tier").GetString()!);
    }

    /// <summary>How many event entries stand in a participant's own history, page by page.</summary>
    public async Task<long> CountEvents(string token, string programme, int ordinal, CancellationToken cancellationToken)
    {
        var events = 0L;
        for (long? below = null; ;)
        {
            var path = $"/v1/me/subjects/{programme}/{ordinal}/history?count={HistoryPage}" + (below is { } b ? $"&below={b}" : "");
            if (await api.Ask(HttpMethod.Get, path, token, null, cancellationToken) is not { } page) return events;
            events += page.GetProperty("entries").EnumerateArray()
                .Count(entry => entry.GetProperty("kind").GetString() is "event" or "Event");
            if (page.GetProperty("below") is not { ValueKind: JsonValueKind.Number } next) return events;
            below = next.GetInt64();
        }
    }

    /// <summary>Sends a batch of CloudEvents; returns the status and, when refused, why.</summary>
    public Task<(HttpStatusCode Status, string Answer)> Post(string sourceToken, byte[] batch, CancellationToken cancellationToken) =>
        api.Send(HttpMethod.Post, "/v1/events", sourceToken, batch, "application/cloudevents-batch+json", cancellationToken);
}
