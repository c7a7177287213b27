using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Verify.Scores;

namespace Scoring.Cluster;

/// <summary>Two silos and gateways as processes of their own, against one PostgreSQL.</summary>
public sealed partial class ClusterTests : IAsyncLifetime
{
    private const int People = 20;
    private const int ParallelMax = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly PlatformCluster _cluster = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public Task Killing_a_silo_under_load_loses_nothing_doubles_nothing_and_leaves_every_score_right() => Told(async cancellationToken =>
    {
        var (first, session) = await Begin(gateways: 1, cancellationToken);
        using var _ = session;
        var (programme, people) = await Enrol(session, cancellationToken);
        var traffic = new Traffic(session, programme, people, batches: 200);
        var half = new TaskCompletionSource();

        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = Ask(session, people[..(People / 2)], asking.Token);
        var sent = traffic.Send(ParallelMax, count => { if (count == traffic.Batches.Length / 2) half.TrySetResult(); }, cancellationToken);
        await await Task.WhenAny(half.Task, sent);
        traffic.Accepted.ShouldBeLessThan(traffic.Batches.Length);
        await first.Kill();
        await sent;
        await asking.CancelAsync();
        (await asked).ShouldBeGreaterThan(0);

        var before = await Check(session, programme, people, cancellationToken);
        await traffic.Send(ParallelMax, _ => { }, cancellationToken);
        ShouldBeSame(await Check(session, programme, people, cancellationToken), before);
    });

    [Fact]
    public Task The_same_batches_through_two_gateways_at_once_count_once() => Told(async cancellationToken =>
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

    private async Task<(PlatformProcess First, Session Session)> Begin(int gateways, CancellationToken cancellationToken)
    {
        await _cluster.Prepare(cancellationToken);
        var first = _cluster.StartSilo();
        _cluster.StartSilo();
        await _cluster.UntilActive(2, cancellationToken);
        var addresses = await Task.WhenAll(Enumerable.Range(0, gateways).Select(_ => _cluster.StartGateway(cancellationToken)));
        return (first, new Session(_cluster.Clients(addresses[0]), addresses, "cluster", ParallelMax));
    }

    private static async Task<(ProgrammeDocument Programme, Resident[] People)> Enrol(Session session, CancellationToken cancellationToken)
    {
        var programme = await session.Participation.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var met = Enumerable.Range(0, People).Select(i => session.TownHall.Meet(programme.Id, $"keeper-{i}")).ToArray();
        return (programme, [.. await session.TownHall.Enrol(programme, met, _ => { }, cancellationToken)]);
    }

    /// <summary>Asks as a service about one after the other until told to stop; returns how often it was answered.</summary>
    private static async Task<int> Ask(Session session, Resident[] people, CancellationToken cancellationToken)
    {
        var service = session.Standalone.Services.Single(one => one.Programme == ProgrammeNames.SafeDriver);
        var answered = 0;
        try
        {
            for (; ; answered++)
                await session.Participation.Query(service.Token, people[answered % people.Length].Grant!, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return answered;
        }
    }

    /// <summary>Holds everyone's history and score against what was accepted; who was asked about meanwhile keeps that answer.</summary>
    private static async Task<Seen[]> Check(
        Session session, ProgrammeDocument programme, Resident[] people, CancellationToken cancellationToken)
    {
        Resident[] compared = [.. people.Select((who, i) => i < People / 2 ? who with { Grant = null } : who)];
        var findings = await session.Verifier.Compare(programme.Id, compared, _ => { }, cancellationToken);
        findings.Mismatches.ShouldBeEmpty();
        findings.Events.ShouldBe(session.ExpectedEvents.Count);
        var seen = await Task.WhenAll(people.Select(who => Seen.By(session, who, cancellationToken)));
        foreach (var (who, found) in people.Zip(seen)) found.ShouldBeRight(programme, session.ExpectedEvents.Of(who));
        return seen;
    }

    private static void ShouldBeSame(Seen[] after, Seen[] before)
    {
        foreach (var (now, then) in after.Zip(before))
        {
            now.Events.ShouldBe(then.Events);
            now.Points.ShouldBe(then.Points, ignoreOrder: true);
            now.Score.ShouldBe(then.Score);
        }
    }

    /// <summary>Runs it within the bound; a failure comes with what the processes wrote last.</summary>
    private async Task Told(Func<CancellationToken, Task> test)
    {
        try
        {
            await test(_patience.Token);
        }
        catch (Exception)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(_cluster.Tails);
            throw;
        }
    }
}
