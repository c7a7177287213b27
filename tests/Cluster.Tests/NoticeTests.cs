using System.Net;
using System.Text.Json;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Testing;

namespace Scoring.Cluster;

/// <summary>Live notices of two silos and two gateways as processes of their own, against one PostgreSQL.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private const int ParallelMax = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly PlatformCluster _cluster = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task A_listener_misses_nothing_and_hears_nothing_twice_while_a_silo_is_killed_and_is_told_of_a_withdrawal_elsewhere()
    {
        var cancellationToken = _patience.Token;
        try
        {
            await _cluster.Prepare(cancellationToken);
            var first = _cluster.StartSilo();
            _cluster.StartSilo();
            await _cluster.UntilActive(2, cancellationToken);
            var gateways = await Task.WhenAll(_cluster.StartGateway(cancellationToken), _cluster.StartGateway(cancellationToken));
            using var session = new Session(_cluster.Clients(gateways[0]), gateways, "cluster-notices", ParallelMax);
            var programme = await session.Participation.Programme(ProgrammeNames.SafeDriver, cancellationToken);
            var people = await session.TownHall.Enrol(
                programme, [.. Enumerable.Range(0, 4).Select(i => session.TownHall.Meet(programme.Id, $"keeper-{i}"))], _ => { },
                cancellationToken);

            using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var events = new int[people.Count];
            var heard = people.Select((who, i) => Listen(
                gateways[i % 2], session, who, () => Interlocked.Increment(ref events[i]), listening.Token)).ToArray();
            var traffic = new Traffic(session, programme, people, batches: 24);
            var half = new TaskCompletionSource();
            var sent = traffic.Send(
                ParallelMax, count => { if (count == traffic.Batches.Length / 2) half.TrySetResult(); }, cancellationToken);
            await await Task.WhenAny(half.Task, sent);
            await first.Kill();
            await sent;
            // A question that a dead silo holds is given up by Orleans after 30 s; only then does its stream end and its client come again.
            using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (people.Where((who, i) => Volatile.Read(ref events[i]) < session.ExpectedEvents.Of(who).Count).Any())
            {
                if (heard.FirstOrDefault(one => one.IsFaulted) is { } broken) await broken;
                await beat.WaitForNextTickAsync(cancellationToken);
            }

            foreach (var who in people)
            {
                var token = session.Credentials.ParticipantToken(who.Participant);
                (await session.Api.Ask(HttpMethod.Delete, $"/v1/me/subjects/{who.Programme}/{who.Ordinal}", token, null, cancellationToken))
                    .ShouldNotBeNull();
            }
            foreach (var (who, told) in people.Zip(await Task.WhenAll(heard)))
            {
                var turns = told.Select(notice => notice.Turn).OfType<long>().ToArray();
                turns.ShouldBe(Enumerable.Range(1, turns.Length).Select(turn => (long)turn));
                told.Count(notice => notice.Kind == "event").ShouldBe(session.ExpectedEvents.Of(who).Count);
                told.Select(notice => notice.Act).OfType<long>().ShouldBeUnique();
            }
        }
        catch (Exception)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(_cluster.Tails);
            throw;
        }
    }

    /// <summary>Listens from the start until told of the withdrawal; whenever the stream ends before, it comes again with its last
    /// id.</summary>
    private static async Task<List<(string Kind, long? Turn, long? Act)>> Listen(
        Uri gateway, Session session, Resident who, Action onEvent, CancellationToken cancellationToken)
    {
        var told = new List<(string, long?, long?)>();
        var token = session.Credentials.ParticipantToken(who.Participant);
        var lastId = "0-0";
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            await using var listener = await NoticeListener.Open(
                gateway, $"/v1/me/subjects/{who.Programme}/{who.Ordinal}/notices", token, lastId, cancellationToken);
            try
            {
                while (listener.Status == HttpStatusCode.OK && await listener.Next())
                {
                    var (kind, notice) = listener.Told[^1];
                    if (kind == "withdrawn") return told;
                    kind.ShouldNotBe("restarted");
                    told.Add((kind, Number(notice, "turn"), Number(notice, "act")));
                    lastId = notice.GetProperty("id").GetString()!;
                    if (kind == "event") onEvent();
                }
            }
            catch (IOException)
            {
                // Cut off in the middle: what was not read whole comes again.
            }
            await beat.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static long? Number(JsonElement notice, string name) =>
        notice.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;
}
