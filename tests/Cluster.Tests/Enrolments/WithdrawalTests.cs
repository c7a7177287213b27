using System.Net;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.Cluster;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Enrolments;

/// <summary>Withdraws, pauses and revokes while a silo is killed.</summary>
public sealed class WithdrawalTests : ClusterTest
{
    private static readonly string[] Actions = ["withdraw", "restrict", "revoke"];

    [Fact]
    public Task Withdrawals_restrictions_and_revocations_complete_while_a_silo_is_killed_and_change_nothing_else() =>
        Run(async cancellationToken =>
    {
        var (first, session) = await Begin(gateways: 1, cancellationToken);
        using var _ = session;
        var (programme, people) = await Enrol(session, cancellationToken);
        var traffic = new Traffic(session, programme, people, batches: 160);
        var quarter = new TaskCompletionSource();
        var pending = new PendingCalls();

        using var querying = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queries = Query(session, people, querying.Token);
        var sent = traffic.Send(ParallelMax, count =>
        {
            if (count == traffic.Batches.Length / 4) quarter.TrySetResult();
        }, cancellationToken);
        await await Task.WhenAny(quarter.Task, sent);
        await ActWhileASiloIsKilled(session, people, first, traffic, pending, cancellationToken);
        await sent;
        pending.AtKill.ShouldBeGreaterThan(0);
        await querying.CancelAsync();
        await queries;

        foreach (var resident in people)
            await ShouldBeComplete(session, programme, resident, ActionOf(people, resident), cancellationToken);
        await ShouldHoldNoRowOfTheWithdrawn(people.LongCount(resident => ActionOf(people, resident) != "withdraw"), cancellationToken);
    });

    private static async Task ActWhileASiloIsKilled(
        Session session, Resident[] people, PlatformProcess silo, Traffic traffic, PendingCalls pending,
        CancellationToken cancellationToken)
    {
        var half = new TaskCompletionSource();
        var done = Parallel.ForEachAsync(
            people.Where(resident => ActionOf(people, resident) is not null),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken },
            async (resident, stop) =>
            {
                if (Array.IndexOf(people, resident) == People / 2) half.TrySetResult();
                await pending.Track(() => Do(session, resident, ActionOf(people, resident)!, stop));
            });
        await await Task.WhenAny(half.Task, done);
        traffic.Accepted.ShouldBeLessThan(traffic.Batches.Length);
        await pending.Kill(silo, done, cancellationToken);
        await ReportRecovery(session, people, pending, cancellationToken);
        await done;
    }

    /// <summary>What a resident does meanwhile; every fourth does nothing.</summary>
    private static string? ActionOf(Resident[] people, Resident resident) =>
        Array.IndexOf(people, resident) % 4 is < 3 and var index ? Actions[index] : null;

    private static async Task ShouldBeComplete(
        Session session, ProgrammeDocument programme, Resident resident, string? action, CancellationToken cancellationToken)
    {
        var service = session.Standalone.Services.Single(one => one.Programme == programme.Id);
        var (score, tier) = await session.Platform.Query(service.Token, resident.Grant!, cancellationToken);
        if (action is not null) (score, tier).ShouldBe((programme.Floor, "baseline"), action);
        if (action == "withdraw")
        {
            var token = session.Credentials.ParticipantToken(resident.Participant);
            (await session.Platform.Score(token, programme.Id, resident.Ordinal!.Value, cancellationToken)).ShouldBeNull();
            return;
        }
        var view = await ParticipantView.Read(session, resident, cancellationToken);
        view.Turns.ShouldBe(Enumerable.Range(1, view.Turns.Count).Select(turn => (long)turn));
        if (action != "restrict") view.ShouldMatch(programme, session.ExpectedEvents.Of(resident));
    }

    private async Task ShouldHoldNoRowOfTheWithdrawn(long remaining, CancellationToken cancellationToken)
    {
        (await Cluster.Scalar("SELECT count(*) FROM ledger.enrolment", cancellationToken)).ShouldBe(remaining);
        (await Cluster.Scalar("SELECT count(*) FROM ledger.erasure WHERE subject IS NOT NULL", cancellationToken)).ShouldBe(0);
        (await Cluster.Scalar(
            "SELECT count(*) FROM ledger.entry WHERE subject IS NOT NULL AND subject NOT IN (SELECT subject FROM ledger.enrolment)",
            cancellationToken)).ShouldBe(0);
        (await Cluster.Scalar("SELECT count(*) FROM ledger.entry WHERE kind = 0", cancellationToken)).ShouldBe(await Cluster.Scalar(
            "SELECT sum((convert_from(body, 'UTF8')::jsonb ->> 'entries')::bigint)::bigint FROM ledger.entry WHERE kind = 14",
            cancellationToken));
    }

}
