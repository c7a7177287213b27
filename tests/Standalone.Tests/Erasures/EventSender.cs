using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.Erasures;

/// <summary>Sends valid and invalid events and queries about a person, without retries.</summary>
internal sealed class EventSender(Session session) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = session.Standalone.Address };

    private DevelopmentSource Source { get; } = session.Standalone.Sources.First(s => s.Family == EventFamily.Traffic);

    /// <summary>Builds an event about a person, with values that no other person has.</summary>
    public JsonObject Event(Resident resident, string id, Trip trip) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = id,
        ["source"] = Source.Id,
        ["type"] = "traffic.trip",
        ["time"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        ["data"] = new JsonObject
        {
            ["programme"] = "safe-driver", ["handle"] = resident.HandleFor(EventFamily.Traffic).Token, ["distanceKm"] = trip.DistanceKm,
            ["overLimitKm"] = trip.OverLimitKm, ["harshBrakings"] = trip.HarshBrakings,
        },
    };

    public Task<(int Status, string Text)> Send(JsonNode body, string type = "application/cloudevents+json", string? token = null) =>
        Send(Encoding.UTF8.GetBytes(body.ToJsonString()), type, token);

    public Task<(int Status, string Text)> Send(byte[] body, string type, string? token = null, string path = "/v1/events") =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) }, type, token ?? Source.Token);

    /// <summary>Sends an event with its attributes in headers.</summary>
    public Task<(int Status, string Text)> SendBinary(JsonObject e)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(e["data"]!.ToJsonString())),
        };
        foreach (var (name, value) in e)
            if (name != "data") request.Headers.TryAddWithoutValidation("ce-" + name, Uri.EscapeDataString(value!.GetValue<string>()));
        return Send(request, "application/json", Source.Token);
    }

    public Task<(int Status, string Text)> Query(string grant, string? token = null) => Send(
        Encoding.UTF8.GetBytes(new JsonObject { ["grant"] = grant }.ToJsonString()), "application/json",
        token ?? session.Standalone.Services.First(s => s.Programme == "safe-driver").Token, "/v1/scores/query");

    /// <summary>Sends every kind of refused request, each with the event's values in it.</summary>
    public async Task SendRefused(Resident resident, string id, Trip trip)
    {
        var good = Event(resident, id, trip);
        foreach (var (path, value, status) in new (string[], JsonNode?, int)[]
        {
            (["data", "distanceKm"], "far " + id, 400), (["data", "distanceKm"], 2001, 400), (["data", "colour"], id, 400),
            (["data", id], 1, 400), (["data", "programme"], "no-such-programme", 400), (["time"], "2020-01-01T00:00:00Z", 400),
            (["time"], "2100-01-01T00:00:00Z", 400), (["type"], "traffic." + id, 400), (["source"], "https://other.example/" + id, 400),
            (["specversion"], "0.3", 400), (["UPPER" + id], "x", 400), (["time"], null, 400),
        })
        {
            var bad = good.DeepClone().AsObject();
            var at = path.Length == 2 ? bad[path[0]]!.AsObject() : bad;
            at[path[^1]] = value;
            (await Send(bad)).Status.ShouldBe(status, string.Join('/', path));
            (await Send(new JsonArray(good.DeepClone(), bad), "application/cloudevents-batch+json")).Status.ShouldBe(status);
        }
        var text = good.ToJsonString();
        (await Send(Encoding.UTF8.GetBytes(text[..^9]), "application/cloudevents+json")).Status.ShouldBe(400);
        (await Send(Encoding.UTF8.GetBytes(text), "text/plain")).Status.ShouldBe(415);
        (await Send(Encoding.UTF8.GetBytes(text + new string(' ', 1_100_000)), "application/cloudevents+json")).Status.ShouldBe(413);
        (await Send(good, token: "no-token")).Status.ShouldBe(401);
        (await Send(good, token: session.Standalone.Services[0].Token)).Status.ShouldBe(403);
        (await Send(Encoding.UTF8.GetBytes(text), "application/cloudevents+json", path: $"/v1/events/{id}?handle={id}")).Status
            .ShouldBe(404);
        (await Send(Encoding.UTF8.GetBytes(text), $"application/cloudevents+json; charset={id}")).Status.ShouldBe(415);
    }

    public void Dispose() => _http.Dispose();

    private async Task<(int Status, string Text)> Send(HttpRequestMessage request, string type, string token)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Content!.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await _http.SendAsync(request);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }
}

/// <summary>
/// Attributes that distinguish an event from others. A single number occurs anywhere, so the search is for all of them as they are written
/// in a row.
/// </summary>
internal sealed record Trip(int DistanceKm, int HarshBrakings, int OverLimitKm)
{
    public string Canonical => $"\"distanceKm\":{DistanceKm},\"harshBrakings\":{HarshBrakings},\"overLimitKm\":{OverLimitKm}";

    public string Sent => $"\"distanceKm\":{DistanceKm},\"overLimitKm\":{OverLimitKm}";
}
