using System.Net;
using Scoring.City.Commands;
using Scoring.City.People;

namespace Scoring.Cluster;

public sealed partial class ClusterTests
{
    private static readonly string[] Wishes = ["leaves", "pauses", "takes a grant back"];

    [Fact]
    public Task Leaving_pausing_and_revoking_while_a_silo_is_killed_leave_nothing_over_and_take_nothing_else() =>
        Told(async cancellationToken =>
    {
        var (first, session) = await Begin(gateways: 1, cancellationToken);
        using var _ = session;
        var (programme, people) = await Enrol(session, cancellationToken);
        var traffic = new Traffic(session, programme, people, batches: 160);
        var (begun, half) = (new TaskCompletionSource(), new TaskCompletionSource());

        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = Ask(session, people, asking.Token);
        var sent = traffic.Send(ParallelMax, count =>
        {
            if (count == traffic.Batches.Length / 4) begun.TrySetResult();
            if (count == traffic.Batches.Length / 2) half.TrySetResult();
        }, cancellationToken);
        await await Task.WhenAny(begun.Task, sent);
        var done = Parallel.ForEachAsync(
            people.Where(who => Wish(people, who) is not null),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken },
            async (who, stop) => await Do(session, who, Wish(people, who)!, stop));
        await await Task.WhenAny(half.Task, sent);
        await first.Kill();
        await done;
        await sent;
        await asking.CancelAsync();
        await asked;

        var service = session.Standalone.Services.Single(one => one.Programme == programme.Id);
        foreach (var who in people)
        {
            var wish = Wish(people, who);
            var (score, tier) = await session.Participation.Query(service.Token, who.Grant!, cancellationToken);
            if (wish is not null) (score, tier).ShouldBe((programme.Floor, "baseline"), wish);
            if (wish == "leaves")
            {
                var token = session.Credentials.ParticipantToken(who.Participant);
                (await session.Participation.Score(token, programme.Id, who.Ordinal!.Value, cancellationToken)).ShouldBeNull();
                continue;
            }
            var seen = await Seen.By(session, who, cancellationToken);
            seen.Turns.ShouldBe(Enumerable.Range(1, seen.Turns.Count).Select(turn => (long)turn));
            if (wish != "pauses") seen.ShouldBeRight(programme, session.ExpectedEvents.Of(who));
        }
        var stayed = people.LongCount(who => Wish(people, who) != "leaves");
        (await _cluster.Scalar("SELECT count(*) FROM ledger.enrolment", cancellationToken)).ShouldBe(stayed);
        (await _cluster.Scalar("SELECT count(*) FROM ledger.erasure WHERE subject IS NOT NULL", cancellationToken)).ShouldBe(0);
        (await _cluster.Scalar(
            "SELECT count(*) FROM ledger.entry WHERE subject IS NOT NULL AND subject NOT IN (SELECT subject FROM ledger.enrolment)",
            cancellationToken)).ShouldBe(0);
        (await _cluster.Scalar("SELECT count(*) FROM ledger.entry WHERE kind = 0", cancellationToken)).ShouldBe(await _cluster.Scalar(
            "SELECT sum((convert_from(body, 'UTF8')::jsonb ->> 'entries')::bigint)::bigint FROM ledger.entry WHERE kind = 14",
            cancellationToken));
    });

    /// <summary>What somebody does meanwhile; every fourth stays as they are.</summary>
    private static string? Wish(Resident[] people, Resident who) =>
        Array.IndexOf(people, who) % 4 is < 3 and var index ? Wishes[index] : null;

    /// <summary>Until it is answered as done, through whatever breaks on the way: each is harmless when repeated.</summary>
    private static async Task Do(Session session, Resident who, string wish, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(who.Participant);
        var own = $"/v1/me/subjects/{who.Programme}/{who.Ordinal}";
        switch (wish)
        {
            case "leaves":
                await Until(HttpMethod.Delete, own, HttpStatusCode.OK, HttpStatusCode.NotFound);
                break;
            case "pauses":
                await Until(HttpMethod.Put, own + "/restriction", HttpStatusCode.NoContent);
                break;
            default:
                var grants = (await session.Api.Ask(HttpMethod.Get, own + "/grants", token, null, cancellationToken)).ShouldNotBeNull();
                foreach (var grant in grants.EnumerateArray().Select(grant => grant.GetProperty("id").GetString()))
                    await Until(HttpMethod.Delete, $"{own}/grants/{grant}", HttpStatusCode.NoContent, HttpStatusCode.NotFound);
                break;
        }

        async Task Until(HttpMethod method, string path, params HttpStatusCode[] good)
        {
            var (status, answer) = await session.Api.Send(method, path, token, null, "application/json", cancellationToken);
            good.ShouldContain(status, answer);
        }
    }
}
