using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Notices;

/// <summary>One participant's timeline, live notices and what-if, over HTTP on a real PostgreSQL.</summary>
public sealed class NoticeTests
{
    private const string Programme = ProgrammeNames.SafeDriver;

    private static readonly JsonObject Trip = new() { ["distanceKm"] = 60, ["overLimitKm"] = 0, ["harshBrakings"] = 0 };

    [Fact]
    public async Task Everything_that_happens_is_told_as_it_happens_and_after_leaving_nothing()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        var cancellationToken = patience.Token;
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path);
        using var session = platform.Session();
        var programme = await session.Participation.Programme(Programme, cancellationToken);
        var who = (await session.TownHall.Enrol(programme, [session.TownHall.Meet(Programme, "told")], _ => { }, cancellationToken))[0];
        var token = session.Credentials.ParticipantToken(who.Participant);
        var own = $"/v1/me/subjects/{Programme}/{who.Ordinal}";

        async Task<NoticeListener> Listen(string query = "", string? lastId = null)
        {
            using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (true)
            {
                // A place is free again as soon as the server has seen that its listener hung up.
                var listener = await NoticeListener.Open(
                    session.Standalone.Address, $"{own}/notices{query}", token, lastId, cancellationToken);
                if (listener.Status != HttpStatusCode.TooManyRequests) return listener;
                await listener.DisposeAsync();
                await beat.WaitForNextTickAsync(cancellationToken);
            }
        }

        await using var live = await Listen();
        await using var whole = await Listen("?from=start");
        live.Status.ShouldBe(HttpStatusCode.OK);
        live.Response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        live.Response.Headers.CacheControl!.ToString().ShouldBe("no-store");

        await WhatIfIsWhatThenHappens(session, who, own, token, cancellationToken);
        var reference = await Query(session, who, cancellationToken);
        await session.Participation.Grant(token, Programme, who.Ordinal!.Value, who.Service!, cancellationToken);
        await session.Api.Ask(HttpMethod.Put, $"{own}/restriction", token, null, cancellationToken);
        await session.Api.Ask(HttpMethod.Delete, $"{own}/restriction", token, null, cancellationToken);
        var administration = new City.Platform.AdministratorClient(session.Api, session.Standalone.AdministratorToken(1));
        var stopped = session.Standalone.Sources[0].Id;
        await administration.Propose("sources", new JsonObject { ["act"] = "suspend", ["id"] = stopped }, cancellationToken);

        await live.Until(6);
        live.Told.Select(one => one.Kind).ShouldBe(["event", "queried", "granted", "restricted", "restriction-lifted", "proposed"]);
        live.Notices.Select(notice => notice.GetProperty("kind").GetString()).ShouldBe(live.Told.Select(one => one.Kind));
        var happened = live.Told[0].Notice.GetProperty("event");
        happened.GetProperty("points").EnumerateArray()
            .Select(one => (one.GetProperty("rule").GetString(), one.GetProperty("points").GetInt64()))
            .ShouldBe([("calm-trips", 4), ("long-calm-trips", 3)], ignoreOrder: true);
        happened.GetProperty("data").GetProperty("distanceKm").GetInt32().ShouldBe(60);
        var look = live.Told[1].Notice.GetProperty("look");
        look.GetProperty("reference").GetString().ShouldBe(reference);
        live.Told[1].Notice.GetProperty("words").GetString()
            .ShouldBe($"{look.GetProperty("legalEntity").GetString()} asked for the score.");
        live.Told[5].Notice.GetProperty("words").GetString().ShouldBe($"A change of the source {stopped} was proposed.");

        var pages = await Pages(session, own, token, cancellationToken);
        await whole.Until(pages.Count);
        whole.Notices.Select(Name).ShouldBe(pages.Select(Name), ignoreOrder: true);
        whole.Notices.Select(Name).Distinct().Count().ShouldBe(pages.Count);
        foreach (var middle in new[] { 0, pages.Count / 2, pages.Count - 2 })
        {
            await using var rest = await Listen(lastId: whole.Ids[middle]);
            await rest.Until(pages.Count - middle - 1);
            rest.Notices.Select(Name).ShouldBe(whole.Notices.Skip(middle + 1).Select(Name), ignoreOrder: true);
        }

        await using var ahead = await Listen("", "9999-1");
        await ahead.Until(1 + pages.Count);
        ahead.Told[0].Kind.ShouldBe("restarted");
        ahead.Notices.Select(Name).ShouldBe(whole.Notices.Select(Name), ignoreOrder: true);
        await using (var malformed = await Listen("", "first")) malformed.Status.ShouldBe(HttpStatusCode.BadRequest);
        await using (var fifth = await Listen()) fifth.Status.ShouldBe(HttpStatusCode.OK);

        (await session.Api.Ask(HttpMethod.Delete, own, token, null, cancellationToken)).ShouldNotBeNull();
        foreach (var listener in new[] { live, whole, ahead })
        {
            while (await listener.Next())
            {
            }
            listener.Told[^1].Kind.ShouldBe("withdrawn");
            listener.Told.Count(one => one.Kind == "withdrawn").ShouldBe(1);
        }
        await using (var gone = await Listen(lastId: live.Ids[^1])) gone.Status.ShouldBe(HttpStatusCode.NotFound);
        (await session.Api.Ask(HttpMethod.Get, $"{own}/notices", token, null, cancellationToken)).ShouldBeNull();
        platform.Printed.ShouldNotContain(who.Participant);
    }

    private static async Task WhatIfIsWhatThenHappens(
        Session session, Resident who, string own, string token, CancellationToken cancellationToken)
    {
        var question = new JsonObject { ["type"] = "traffic.trip", ["data"] = Trip.DeepClone() };
        var before = (await session.Api.Ask(HttpMethod.Get, $"{own}/history", token, null, cancellationToken)).ShouldNotBeNull();
        var answer = (await session.Api.Ask(HttpMethod.Post, $"{own}/score/what-if", token, question, cancellationToken)).ShouldNotBeNull();
        (await session.Api.Ask(HttpMethod.Get, $"{own}/history", token, null, cancellationToken)).ShouldNotBeNull().GetRawText()
            .ShouldBe(before.GetRawText(), "asking leaves nothing");
        answer.GetProperty("difference").GetInt64().ShouldBe(7);

        question["data"]!["distanceKm"] = -1;
        var fault = await session.Api.Send(
            HttpMethod.Post, $"{own}/score/what-if", token, System.Text.Encoding.UTF8.GetBytes(question.ToJsonString()), "application/json",
            cancellationToken);
        fault.Status.ShouldBe(HttpStatusCode.BadRequest);
        fault.Answer.ShouldContain("\"pointer\":\"/data/distanceKm\"");

        var at = TimeProvider.System.GetUtcNow();
        var day = DateOnly.Parse(answer.GetProperty("day").GetString()!, CultureInfo.InvariantCulture);
        var sent = new OutgoingEvent(who, who.HandleFor(EventFamily.Traffic), "traffic.trip", "what-if-1", at, day, Trip);
        var source = session.Standalone.Sources.Single(one => one.Id == sent.Handle.Source);
        (await session.Participation.Post(source.Token, CloudEvents.Batch([sent]), cancellationToken)).Status.ShouldBe(
            HttpStatusCode.Accepted);
        var score = (await session.Participation.Score(token, Programme, who.Ordinal!.Value, cancellationToken)).ShouldNotBeNull();
        score.GetRawText().ShouldBe(answer.GetProperty("explanation").GetRawText());
        score.GetProperty("score").GetInt64().ShouldBe(answer.GetProperty("after").GetProperty("score").GetInt64());
        Recomputation.Contradictions(score).ShouldBeEmpty();
        score.GetProperty("rules").GetArrayLength().ShouldBe(2);
    }

    private static async Task<string> Query(Session session, Resident who, CancellationToken cancellationToken)
    {
        var service = session.Standalone.Services.Single(one => one.Programme == Programme);
        var answer = await session.Api.Ask(
            HttpMethod.Post, "/v1/scores/query", service.Token, new JsonObject { ["grant"] = who.Grant }, cancellationToken);
        return answer.ShouldNotBeNull().GetProperty("reference").GetString()!;
    }

    private static async Task<List<JsonElement>> Pages(Session session, string own, string token, CancellationToken cancellationToken)
    {
        var notices = new List<JsonElement>();
        for (string? below = null; ;)
        {
            var page = (await session.Api.Ask(
                HttpMethod.Get, $"{own}/notices?count=3" + (below is null ? "" : $"&below={below}"), token, null,
                cancellationToken)).ShouldNotBeNull();
            notices.AddRange(page.GetProperty("notices").EnumerateArray());
            if ((below = page.GetProperty("below").GetString()) is null) return notices;
        }
    }

    private static string Name(JsonElement notice) => $"{notice.GetProperty("turn")}/{notice.GetProperty("act")}";
}
