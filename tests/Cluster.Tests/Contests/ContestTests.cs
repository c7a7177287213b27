using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.Cluster;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Contests;

/// <summary>Contests what happened, and does other things at the same time, while a silo is killed.</summary>
public sealed class ContestTests : ClusterTest
{
    private static readonly string[] Storm = ["contest", "restrict and contest", "revoke and contest", "move"];

    [Fact]
    public Task Contests_pauses_revocations_and_moved_handles_hold_together_while_a_silo_is_killed() => Run(async cancellationToken =>
    {
        var (first, session) = await Begin(gateways: 1, cancellationToken);
        using var _ = session;
        var (programme, people) = await Enrol(session, cancellationToken);
        var enrolled = UnixSecond();
        var traffic = new Traffic(session, programme, people, batches: 160);
        var quarter = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var pending = new PendingCalls();
        for (var i = 0; i < People; i++)
            if (Storm[i % Storm.Length] == "move") await EnrolSecond(session, programme, people[i], cancellationToken);

        var sent = traffic.Send(
            ParallelMax, count => { if (count == traffic.Batches.Length / 4) quarter.TrySetResult(); }, cancellationToken);
        await await Task.WhenAny(quarter.Task, sent);
        var events = await Task.WhenAll(people.Select(resident => FirstEvent(session, resident, cancellationToken)));
        // Proofs have whole seconds. A handle moves by a proof that is newer than that of its enrolment.
        while (UnixSecond() == enrolled) await Task.Delay(20, cancellationToken);
        var done = Parallel.ForAsync(
            0, People, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (i, stop) =>
            {
                if (i == People / 4) begun.TrySetResult();
                await pending.Track(() => Do(session, people[i], events[i], Storm[i % Storm.Length], stop));
            });
        await await Task.WhenAny(begun.Task, done);
        await pending.Kill(first, done, cancellationToken);
        await ReportRecovery(session, people, pending, cancellationToken);
        await done;
        await sent;
        pending.AtKill.ShouldBeGreaterThan(0);

        for (var i = 0; i < People; i++)
            await ShouldHoldTogether(session, programme, people[i], events[i], Storm[i % Storm.Length], cancellationToken);
    });

    /// <summary>Does what a resident does meanwhile. Two things at once are two calls at once.</summary>
    private static async Task Do(
        Session session, Resident resident, long turn, string action, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case "move":
                await MoveHandle(session, resident, cancellationToken);
                break;
            case "contest":
                await Contest(session, resident, turn, cancellationToken);
                break;
            default:
                await Task.WhenAll(
                    Do(session, resident, action.Split(' ')[0], cancellationToken), Contest(session, resident, turn, cancellationToken));
                break;
        }
    }

    private static async Task Contest(Session session, Resident resident, long turn, CancellationToken cancellationToken)
    {
        var (status, answer) = await session.Api.Send(
            HttpMethod.Post, PathOf(resident) + "/contests", session.Credentials.ParticipantToken(resident.Participant),
            JsonSerializer.SerializeToUtf8Bytes(new { turn, ground = "wrong-value" }), "application/json", cancellationToken);
        // The client repeats a call whose answer was lost; the repetition finds the contest of the first.
        status.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.Conflict);
        if (status == HttpStatusCode.Conflict) answer.ShouldContain("contested-already");
    }

    /// <summary>Enrols a second vehicle of the same participant.</summary>
    private static async Task EnrolSecond(
        Session session, ProgrammeDocument programme, Resident resident, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(resident.Participant);
        var second = session.Residents.Draw(programme.Id, "second of " + resident.Who) with { Participant = resident.Participant };
        var proofs = second.Handles.Select(handle => Proof(session, second, handle));
        (await session.Platform.Enrol(token, programme, proofs, cancellationToken)).ShouldBe(Second(resident));
    }

    /// <summary>Moves the traffic handle of the first vehicle to the second one.</summary>
    private static async Task MoveHandle(Session session, Resident resident, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(resident.Participant);
        var body = new JsonObject { ["handleProofs"] = new JsonArray(Proof(session, resident, resident.Handles[0])) };
        var path = PathOf(resident with { Ordinal = Second(resident) }) + "/handles";
        (await session.Api.SendJson(HttpMethod.Post, path, token, body, cancellationToken)).ShouldNotBeNull();
    }

    private static long UnixSecond() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static string Proof(Session session, Resident resident, Handle handle) =>
        session.Credentials.HandleProof(handle.Source, handle.Token, resident.Programme, resident.Participant);

    private static async Task ShouldHoldTogether(
        Session session, ProgrammeDocument programme, Resident resident, long contested, string action, CancellationToken cancellationToken)
    {
        var expected = session.ExpectedEvents.Of(resident);
        var own = await ShouldAddUp(session, programme, resident, action == "move" ? null : contested, cancellationToken);
        if (action == "move")
        {
            var moved = await ShouldAddUp(
                session, programme, resident with { Ordinal = Second(resident) }, null, cancellationToken);
            // The events happened before the move, so those that came after it count nowhere; the other handle did not move.
            ShouldHoldNothingTwice([.. own, .. moved], [.. expected.Select(Text)]);
            own.Concat(moved).Where(IsCamera).Order().ShouldBe(expected.Select(Text).Where(IsCamera).Order(), action);
            return;
        }
        if (!action.StartsWith("restrict", StringComparison.Ordinal)) own.Order().ShouldBe(expected.Select(Text).Order(), action);
        if (action == "contest") return;
        var service = session.Standalone.Services.Single(one => one.Programme == programme.Id);
        (await session.Platform.Query(service.Token, resident.Grant!, cancellationToken)).ShouldBe((programme.Floor, "baseline"), action);
    }

    private static bool IsCamera(string text) => text.StartsWith("surveillance.", StringComparison.Ordinal);

    private static void ShouldHoldNothingTwice(string[] kept, string[] sent)
    {
        var count = sent.CountBy(text => text).ToDictionary();
        kept.CountBy(text => text).Where(same => same.Value > count.GetValueOrDefault(same.Key)).ShouldBeEmpty();
    }

    /// <summary>
    /// The history has no hole, holds one contest of the contested event, and gives the score that is shown. Returns its events.
    /// </summary>
    private static async Task<string[]> ShouldAddUp(
        Session session, ProgrammeDocument programme, Resident resident, long? contested, CancellationToken cancellationToken)
    {
        var entries = await History(session, resident, cancellationToken);
        entries.Select(TurnOf).ShouldBe(Enumerable.Range(1, entries.Count).Select(turn => (long)turn));
        entries.Where(entry => KindOf(entry) == "contest-opened").Select(entry => entry.GetProperty("body").GetProperty("turn").GetInt64())
            .ShouldBe(contested is { } turn ? [turn] : []);
        CountedEvent[] events = [.. entries.Where(entry => KindOf(entry) == "event").Select(entry => Counted(entry, contested))];

        var token = session.Credentials.ParticipantToken(resident.Participant);
        var shown = (await session.Platform.Score(token, programme.Id, resident.Ordinal!.Value, cancellationToken)).ShouldNotBeNull();
        var score = SlowScore.Of(programme, shown.Day, events);
        (shown.Score, shown.Tier).ShouldBe((score.Score, score.Tier));
        return [.. events.Select(Text)];
    }

    private static async Task<long> FirstEvent(Session session, Resident resident, CancellationToken cancellationToken) =>
        TurnOf((await History(session, resident, cancellationToken)).First(entry => KindOf(entry) == "event"));

    private static async Task<IReadOnlyList<JsonElement>> History(
        Session session, Resident resident, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(resident.Participant);
        var page = await session.Api.SendJson(HttpMethod.Get, PathOf(resident) + "/history?count=500", token, null, cancellationToken);
        page.ShouldNotBeNull().GetProperty("below").ValueKind.ShouldBe(JsonValueKind.Null);
        return [.. page.Value.GetProperty("entries").EnumerateArray().Reverse()];
    }

    private static CountedEvent Counted(JsonElement entry, long? contested) => new(
        entry.GetProperty("body").GetProperty("type").GetString()!,
        DateOnly.Parse(entry.GetProperty("day").GetString()!, CultureInfo.InvariantCulture),
        JsonObject.Create(entry.GetProperty("body").GetProperty("data"))!,
        TurnOf(entry) == contested ? Standing.HarmSuspended : Standing.Counts);

    private static string Text(CountedEvent one) => one.Type + " " + new JsonObject(
        one.Data.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();

    private static long TurnOf(JsonElement entry) => entry.GetProperty("turn").GetInt64();

    private static string KindOf(JsonElement entry) => entry.GetProperty("kind").GetString()!;

    private static int Second(Resident resident) => resident.Ordinal!.Value + 1;

    private static string PathOf(Resident resident) => $"/v1/me/subjects/{resident.Programme}/{resident.Ordinal}";
}
