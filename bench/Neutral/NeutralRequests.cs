using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Limits;

namespace Scoring.Bench.Neutral;

/// <summary>Creates the requests that the bench sends.</summary>
/// <param name="standalone">The address and the credentials of the platform.</param>
public sealed class NeutralRequests(StandaloneFile standalone)
{
    private static readonly double EventsTickMs = new GatewayLimits().EventsTickMs;

    private const string NeutralAnswer = "\"score\":500,\"tier\":\"baseline\"";

    /// <summary>Returns a kind of queries, each with the grant of its number. Every answer must be neutral.</summary>
    public RequestKind Queries(string service, string name, Func<int, string> grant) =>
        new(service, name, n => Query(service, grant(n))) { Expected = NeutralAnswer };

    /// <summary>Returns queries with unknown grants that are sent 2 ms late.</summary>
    public RequestKind DelayedQueries(string service) =>
        Queries(service, "2 ms put in", _ => RandomNumberGenerator.GetHexString(43)) with { Delay = TimeSpan.FromMilliseconds(2) };

    /// <summary>Returns a query with a grant.</summary>
    public HttpRequestMessage Query(string service, string grant) => Post(
        "/v1/scores/query", standalone.Services.First(s => s.Id == service).Token, "application/json",
        new JsonObject { ["grant"] = grant });

    /// <summary>Returns a kind of events about people.</summary>
    public RequestKind Events(string name, IReadOnlyList<Resident> people)
    {
        var source = standalone.Sources.First(s => s.Family == EventFamily.Traffic);
        return new RequestKind("events", name, n => Post("/v1/events", source.Token, "application/cloudevents+json", new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = Guid.NewGuid().ToString(), ["source"] = source.Id, ["type"] = "traffic.trip",
            ["time"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["data"] = new JsonObject
            {
                ["programme"] = ProgrammeNames.SafeDriver, ["handle"] = people[n % people.Count].HandleFor(EventFamily.Traffic).Token,
                ["distanceKm"] = 7, ["overLimitKm"] = 0, ["harshBrakings"] = 3,
            },
        })) { TickMs = EventsTickMs };
    }

    /// <summary>Returns a kind of batches. All events of a batch are about one person, by one handle.</summary>
    public RequestKind Batches(int events, string name, IReadOnlyList<Resident> people)
    {
        var source = standalone.Sources.First(s => s.Family == EventFamily.Traffic);
        return new RequestKind(string.Create(CultureInfo.InvariantCulture, $"{events} events"), name, n =>
        {
            var person = people[n % people.Count];
            var at = TimeProvider.System.GetUtcNow();
            var batch = Guid.NewGuid();
            OutgoingEvent[] trips = [.. Enumerable.Range(0, events).Select(i => new OutgoingEvent(
                person, person.HandleFor(EventFamily.Traffic), "traffic.trip", string.Create(CultureInfo.InvariantCulture, $"{batch}-{i}"),
                at, default, new JsonObject { ["distanceKm"] = 7, ["overLimitKm"] = 0, ["harshBrakings"] = 3 }))];
            return Post("/v1/events", source.Token, "application/cloudevents-batch+json", CloudEvents.Batch(trips));
        }) { TickMs = EventsTickMs };
    }

    /// <summary>Returns batches about unknown people that are sent 10 ms late.</summary>
    public RequestKind DelayedBatches(int events, IReadOnlyList<Resident> people) =>
        Batches(events, "10 ms put in", people) with { Delay = TimeSpan.FromMilliseconds(10) };

    private static HttpRequestMessage Post(string path, string token, string type, JsonObject body) =>
        Post(path, token, type, Encoding.UTF8.GetBytes(body.ToJsonString()));

    private static HttpRequestMessage Post(string path, string token, string type, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { Authorization = new("Bearer", token) } };
    }
}
