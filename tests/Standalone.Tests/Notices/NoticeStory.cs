using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Testing;

namespace Scoring.Notices;

/// <summary>
/// Plays one participant over HTTP: every entry becomes a live notice, a what-if answer equals the real event, and a withdrawal ends every
/// stream.
/// </summary>
internal sealed class NoticeStory(Session session, CancellationToken cancellationToken)
{
    private const string Programme = ProgrammeNames.SafeDriver;

    private static readonly JsonObject Trip = new() { ["distanceKm"] = 60, ["overLimitKm"] = 0, ["harshBrakings"] = 0 };

    private Resident _resident = null!;
    private string _token = "";

    private string Own => $"/v1/me/subjects/{Programme}/{_resident.Ordinal}";

    /// <summary>Runs the story; returns the participant.</summary>
    public async Task<Resident> Run()
    {
        var programme = await session.Platform.Programme(Programme, cancellationToken);
        _resident = (await session.Residents.Enrol(
            programme, [session.Residents.Draw(Programme, "driver")], _ => { }, cancellationToken))[0];
        _token = session.Credentials.ParticipantToken(_resident.Participant);

        await using var live = await Listen();
        await using var whole = await Listen("?from=start");
        live.Status.ShouldBe(HttpStatusCode.OK);
        live.Response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        live.Response.Headers.CacheControl!.ToString().ShouldBe("no-store");

        await WhatIfShouldEqualTheRealEvent();
        var reference = await Query();
        var suspended = await Act();
        await live.Until(6);
        ShouldDescribeEachChange(live, reference, suspended);

        var pages = await Pages();
        await whole.Until(pages.Count);
        whole.Notices.Select(Key).ShouldBe(pages.Select(Key), ignoreOrder: true);
        whole.Notices.Select(Key).Distinct().Count().ShouldBe(pages.Count);
        await ShouldResumeAfterEachId(whole, pages.Count);

        await using var ahead = await Listen("", "9999-1");
        await ahead.Until(1 + pages.Count);
        ahead.Received[0].Kind.ShouldBe("restarted");
        ahead.Notices.Select(Key).ShouldBe(whole.Notices.Select(Key), ignoreOrder: true);
        await using (var malformed = await Listen("", "first")) malformed.Status.ShouldBe(HttpStatusCode.BadRequest);
        await using (var fifth = await Listen()) fifth.Status.ShouldBe(HttpStatusCode.OK);

        await WithdrawalShouldEndEachStream(live, whole, ahead);
        return _resident;
    }

    /// <summary>Grants, restricts, lifts the restriction and proposes a suspension; returns the source that it is about.</summary>
    private async Task<string> Act()
    {
        await session.Platform.Grant(_token, Programme, _resident.Ordinal!.Value, _resident.Service!, cancellationToken);
        await session.Api.SendJson(HttpMethod.Put, $"{Own}/restriction", _token, null, cancellationToken);
        await session.Api.SendJson(HttpMethod.Delete, $"{Own}/restriction", _token, null, cancellationToken);
        var administrator = session.Api.As(session.Standalone.AdministratorToken(1));
        var source = session.Standalone.Sources[0].Id;
        await administrator.Registrations.Propose(
            Client.RegistrationKind.Source, new Client.RegistrationProposal(Client.RegistrationAction.Suspend, source), cancellationToken);
        return source;
    }

    private static void ShouldDescribeEachChange(NoticeListener live, string reference, string suspended)
    {
        live.Received.Select(notice => notice.Kind)
            .ShouldBe(["event", "queried", "granted", "restricted", "restriction-lifted", "proposed"]);
        live.Notices.Select(notice => notice.GetProperty("kind").GetString()).ShouldBe(live.Received.Select(notice => notice.Kind));
        var trip = live.Received[0].Notice.GetProperty("event");
        trip.GetProperty("points").EnumerateArray()
            .Select(points => (points.GetProperty("rule").GetString(), points.GetProperty("points").GetInt64()))
            .ShouldBe([("calm-trips", 4), ("long-calm-trips", 3)], ignoreOrder: true);
        trip.GetProperty("data").GetProperty("distanceKm").GetInt32().ShouldBe(60);
        var access = live.Received[1].Notice.GetProperty("look");
        access.GetProperty("reference").GetString().ShouldBe(reference);
        live.Received[1].Notice.GetProperty("words").GetString()
            .ShouldBe($"{access.GetProperty("legalEntity").GetString()} asked for the score.");
        live.Received[5].Notice.GetProperty("words").GetString().ShouldBe($"A change of the source {suspended} was proposed.");
    }

    private async Task ShouldResumeAfterEachId(NoticeListener whole, int count)
    {
        foreach (var last in new[] { 0, count / 2, count - 2 })
        {
            await using var rest = await Listen(lastId: whole.Ids[last]);
            await rest.Until(count - last - 1);
            rest.Notices.Select(Key).ShouldBe(whole.Notices.Skip(last + 1).Select(Key), ignoreOrder: true);
        }
    }

    private async Task WithdrawalShouldEndEachStream(params NoticeListener[] streams)
    {
        (await session.Api.SendJson(HttpMethod.Delete, Own, _token, null, cancellationToken)).ShouldNotBeNull();
        foreach (var stream in streams)
        {
            while (await stream.Next())
            {
            }
            stream.Received[^1].Kind.ShouldBe("withdrawn");
            stream.Received.Count(notice => notice.Kind == "withdrawn").ShouldBe(1);
        }
        await using (var gone = await Listen(lastId: streams[0].Ids[^1])) gone.Status.ShouldBe(HttpStatusCode.NotFound);
        (await session.Api.SendJson(HttpMethod.Get, $"{Own}/notices", _token, null, cancellationToken)).ShouldBeNull();
    }

    /// <summary>Opens a stream; waits while the participant has too many, until the server has noticed that one was closed.</summary>
    private async Task<NoticeListener> Listen(string query = "", string? lastId = null)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var listener = await NoticeListener.Open(
                session.Standalone.Address, $"{Own}/notices{query}", _token, lastId, cancellationToken);
            if (listener.Status != HttpStatusCode.TooManyRequests) return listener;
            await listener.DisposeAsync();
            await beat.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task WhatIfShouldEqualTheRealEvent()
    {
        var question = new JsonObject { ["type"] = "traffic.trip", ["data"] = Trip.DeepClone() };
        var before = (await session.Api.SendJson(HttpMethod.Get, $"{Own}/history", _token, null, cancellationToken)).ShouldNotBeNull();
        var answer =
            (await session.Api.SendJson(HttpMethod.Post, $"{Own}/score/what-if", _token, question, cancellationToken)).ShouldNotBeNull();
        (await session.Api.SendJson(HttpMethod.Get, $"{Own}/history", _token, null, cancellationToken)).ShouldNotBeNull().GetRawText()
            .ShouldBe(before.GetRawText(), "a what-if request appends no entry");
        answer.GetProperty("difference").GetInt64().ShouldBe(7);

        question["data"]!["distanceKm"] = -1;
        var fault = await session.Api.Send(
            HttpMethod.Post, $"{Own}/score/what-if", _token, System.Text.Encoding.UTF8.GetBytes(question.ToJsonString()),
            "application/json",
            cancellationToken);
        fault.Status.ShouldBe(HttpStatusCode.BadRequest);
        fault.Answer.ShouldContain("\"pointer\":\"/data/distanceKm\"");

        var at = TimeProvider.System.GetUtcNow();
        var day = DateOnly.Parse(answer.GetProperty("day").GetString()!, CultureInfo.InvariantCulture);
        var sent = new OutgoingEvent(_resident, _resident.HandleFor(EventFamily.Traffic), "traffic.trip", "what-if-1", at, day, Trip);
        var source = session.Standalone.Sources.Single(one => one.Id == sent.Handle.Source);
        (await session.Platform.SendEvents(source.Token, CloudEvents.Batch([sent]), cancellationToken)).Status.ShouldBe(
            HttpStatusCode.Accepted);
        var score = (await session.Api.SendJson(HttpMethod.Get, $"{Own}/score", _token, null, cancellationToken)).ShouldNotBeNull();
        score.GetRawText().ShouldBe(answer.GetProperty("explanation").GetRawText());
        score.GetProperty("score").GetInt64().ShouldBe(answer.GetProperty("after").GetProperty("score").GetInt64());
        Recomputation.Contradictions(score).ShouldBeEmpty();
        score.GetProperty("rules").GetArrayLength().ShouldBe(2);
    }

    private async Task<string> Query()
    {
        var service = session.Standalone.Services.Single(one => one.Programme == Programme);
        var answer = await session.Api.SendJson(
            HttpMethod.Post, "/v1/scores/query", service.Token, new JsonObject { ["grant"] = _resident.Grant }, cancellationToken);
        return answer.ShouldNotBeNull().GetProperty("reference").GetString()!;
    }

    private async Task<List<JsonElement>> Pages()
    {
        var notices = new List<JsonElement>();
        for (string? below = null; ;)
        {
            var page = (await session.Api.SendJson(
                HttpMethod.Get, $"{Own}/notices?count=3" + (below is null ? "" : $"&below={below}"), _token, null,
                cancellationToken)).ShouldNotBeNull();
            notices.AddRange(page.GetProperty("notices").EnumerateArray());
            if ((below = page.GetProperty("below").GetString()) is null) return notices;
        }
    }

    private static string Key(JsonElement notice) => $"{notice.GetProperty("turn")}/{notice.GetProperty("act")}";
}
