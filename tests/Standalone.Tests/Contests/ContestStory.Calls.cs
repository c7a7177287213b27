using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Contests;

internal sealed partial class ContestStory
{
    private OutgoingEvent Event(string type, string id, JsonObject data) => new(
        _driver, _driver.HandleFor(EventFamily.Traffic), type, id, _time.Now,
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_time.Now, _programme.Zone).DateTime), data);

    private async Task SendEvent(OutgoingEvent one) =>
        (await session.Platform.SendEvents(Source.Token, CloudEvents.Batch([one]), cancellationToken)).Status.ShouldBe(
            HttpStatusCode.Accepted);

    /// <summary>Computes the expected score with these violations.</summary>
    private long Expected(params int[] violations) => SlowScore.Of(
        _programme, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_time.Now, _programme.Zone).DateTime),
        [
            new CountedEvent("traffic.vehicle-check", _sent[0].Day, new JsonObject { ["result"] = "pass" }),
            .. violations.Select(n => new CountedEvent(_sent[n].Type, _sent[n].Day, _sent[n].Data)),
        ]).Score;

    private async Task<long> Score() =>
        (await session.Platform.Score(_token, Programme, _driver.Ordinal!.Value, cancellationToken)).ShouldNotBeNull().Score;

    private async Task<JsonElement[]> History() =>
        [.. (await Send(HttpMethod.Get, $"{Own}/history", _token)).Json.GetProperty("entries").EnumerateArray()];

    private async Task<long[]> Turns()
    {
        var history = await History();
        return [.. Violations.Select(violation => history
            .Single(entry => entry.GetProperty("kind").GetString() == "event"
                && entry.GetProperty("body").GetProperty("data").TryGetProperty("violation", out var what)
                && what.GetString() == violation)
            .GetProperty("turn").GetInt64())];
    }

    private async Task<string> Contest(long turn, string ground, long expected)
    {
        var opened = await Send(HttpMethod.Post, $"{Own}/contests", _token, ContestBody(turn, ground));
        opened.Status.ShouldBe(201, opened.Text);
        (opened.Json.GetProperty("turn").GetInt64(), opened.Json.GetProperty("state").GetString()).ShouldBe((turn, "open"));
        (await Score()).ShouldBe(expected, "harm is suspended immediately");
        return opened.Json.GetProperty("case").GetString()!;
    }

    private async Task<Answer> Decide(int administrator, string caseId, bool upheld, string reason, int status)
    {
        var answer = await Send(
            HttpMethod.Post, $"{Cases}/{caseId}/decision", Admin(administrator),
            new JsonObject { ["upheld"] = upheld, ["reason"] = reason });
        answer.Status.ShouldBe(status, answer.Text);
        return answer;
    }

    private string Admin(int number) => session.Standalone.AdministratorToken(number);

    private static JsonObject ContestBody(long turn, string ground) => new() { ["turn"] = turn, ["ground"] = ground };

    private async Task<Answer> Send(HttpMethod method, string path, string? token, JsonObject? body = null)
    {
        var bytes = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());
        var (status, text) = await session.Api.Send(method, path, token, bytes, "application/json", cancellationToken);
        return new Answer((int)status, text);
    }

    private sealed record Answer(int Status, string Text)
    {
        public JsonElement Json => JsonElement.Parse(Text);

        /// <summary>The last part of the problem's type.</summary>
        public string Problem => Json.GetProperty("type").GetString()!.Split(':')[^1];
    }
}
