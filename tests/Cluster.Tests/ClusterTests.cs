using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Verify.Scores;

namespace Scoring.Cluster;

/// <summary>Tests two silos and their gateways as separate processes on one PostgreSQL.</summary>
public sealed class ClusterTests : ClusterTest
{
    [Fact]
    public Task Killing_a_silo_under_load_loses_nothing_doubles_nothing_and_keeps_every_score_correct() => Run(async cancellationToken =>
    {
        var (first, session) = await Begin(gateways: 1, cancellationToken);
        using var _ = session;
        var (programme, people) = await Enrol(session, cancellationToken);
        var traffic = new Traffic(session, programme, people, batches: 200);
        var half = new TaskCompletionSource();

        using var querying = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queries = Query(session, people[..(People / 2)], querying.Token);
        var sent = traffic.Send(ParallelMax, count => { if (count == traffic.Batches.Length / 2) half.TrySetResult(); }, cancellationToken);
        await await Task.WhenAny(half.Task, sent);
        traffic.Accepted.ShouldBeLessThan(traffic.Batches.Length);
        await first.Kill();
        await sent;
        await querying.CancelAsync();
        (await queries).ShouldBeGreaterThan(0);

        var before = await Check(session, programme, people, cancellationToken);
        await traffic.Send(ParallelMax, _ => { }, cancellationToken);
        ShouldBeSame(await Check(session, programme, people, cancellationToken), before);
    });

    [Fact]
    public Task The_same_batches_sent_through_two_gateways_concurrently_count_once() => Run(async cancellationToken =>
    {
        var (_, session) = await Begin(gateways: 2, cancellationToken);
        using var _ = session;
        var (programme, people) = await Enrol(session, cancellationToken);
        var traffic = new Traffic(session, programme, people, batches: 60);

        await Task.WhenAll(traffic.Send(ParallelMax, _ => { }, cancellationToken), traffic.Send(ParallelMax, _ => { }, cancellationToken));

        var before = await Check(session, programme, people, cancellationToken);
        await traffic.Send(ParallelMax, _ => { }, cancellationToken);
        ShouldBeSame(await Check(session, programme, people, cancellationToken), before);
    });

    /// <summary>
    /// Compares every history and score with the accepted events. A subject that was queried meanwhile keeps that answer for a while, so it
    /// is not queried here.
    /// </summary>
    private static async Task<ParticipantView[]> Check(
        Session session, ProgrammeDocument programme, Resident[] people, CancellationToken cancellationToken)
    {
        Resident[] compared = [.. people.Select((resident, i) => i < People / 2 ? resident with { Grant = null } : resident)];
        var findings = await session.Verifier.Compare(programme.Id, compared, _ => { }, cancellationToken);
        findings.Mismatches.ShouldBeEmpty();
        findings.Events.ShouldBe(session.ExpectedEvents.Count);
        var views = await Task.WhenAll(people.Select(resident => ParticipantView.Read(session, resident, cancellationToken)));
        foreach (var (resident, view) in people.Zip(views)) view.ShouldMatch(programme, session.ExpectedEvents.Of(resident));
        return views;
    }

    private static void ShouldBeSame(ParticipantView[] after, ParticipantView[] before)
    {
        foreach (var (now, then) in after.Zip(before))
        {
            now.Events.ShouldBe(then.Events);
            now.Points.ShouldBe(then.Points, ignoreOrder: true);
            now.Score.ShouldBe(then.Score);
        }
    }
}
