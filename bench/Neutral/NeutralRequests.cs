using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.Bench.Neutral;

/// <summary>Creates the requests that the bench sends.</summary>
/// <param name="standalone">The address and the credentials of the platform.</param>
public sealed class NeutralRequests(StandaloneFile standalone)
{
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
        }));
    }

    private static HttpRequestMessage Post(string path, string token, string type, JsonObject body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { Authorization = new("Bearer", token) } };
    }
}
