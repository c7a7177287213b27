using System.Net;
using System.Text.Json;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Cluster;

/// <summary>Tests live notices of two silos and two gateways as separate processes on one PostgreSQL.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private const int ParallelMax = 4;
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(150);

    private readonly CancellationTokenSource _timeout = new(TimeMax);
    private readonly PlatformCluster _cluster = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _timeout.Dispose();
    }

    [Fact]
    public async Task A_listener_misses_and_repeats_no_notice_while_a_silo_is_killed_and_receives_a_withdrawal_made_elsewhere()
    {
        try
        {
            await ListenWhileASiloIsKilled(_timeout.Token);
        }
        catch (Exception)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(_cluster.Tails);
            throw;
        }
    }

    private async Task ListenWhileASiloIsKilled(CancellationToken cancellationToken)
    {
        await _cluster.Prepare(cancellationToken);
        var first = _cluster.StartSilo();
        _cluster.StartSilo();
        await _cluster.UntilActive(2, cancellationToken);
        var gateways = await Task.WhenAll(_cluster.StartGateway(cancellationToken), _cluster.StartGateway(cancellationToken));
        using var session = new Session(_cluster.Clients(gateways[0]), gateways, "cluster-notices", ParallelMax);
        var programme = await session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var people = await session.Residents.Enrol(
            programme, [.. Enumerable.Range(0, 4).Select(i => session.Residents.Draw(programme.Id, $"keeper-{i}"))], _ => { },
            cancellationToken);

        using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = new int[people.Count];
        var listeners = people.Select((resident, i) => Listen(
            gateways[i % 2], session, resident, () => Interlocked.Increment(ref events[i]), listening.Token)).ToArray();
        await SendAndKill(session, programme, people, first, cancellationToken);
        // A call that a dead silo holds fails after Orleans' time-out of 30 s. Only then its stream ends and its client reconnects.
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (people.Where((resident, i) => Volatile.Read(ref events[i]) < session.ExpectedEvents.Of(resident).Count).Any())
        {
            if (listeners.FirstOrDefault(one => one.IsFaulted) is { } broken) await broken;
            await beat.WaitForNextTickAsync(cancellationToken);
        }

        foreach (var resident in people)
        {
            var token = session.Credentials.ParticipantToken(resident.Participant);
            (await session.Api.SendJson(
                HttpMethod.Delete, $"/v1/me/subjects/{resident.Programme}/{resident.Ordinal}", token, null, cancellationToken))
                .ShouldNotBeNull();
        }
        foreach (var (resident, notices) in people.Zip(await Task.WhenAll(listeners)))
            ShouldBeGapless(notices, session.ExpectedEvents.Of(resident).Count);
    }

    private static async Task SendAndKill(
        Session session, ProgrammeDocument programme, IReadOnlyList<Resident> people, PlatformProcess silo,
        CancellationToken cancellationToken)
    {
        var traffic = new Traffic(session, programme, people, batches: 24);
        var half = new TaskCompletionSource();
        var sent = traffic.Send(
            ParallelMax, count => { if (count == traffic.Batches.Length / 2) half.TrySetResult(); }, cancellationToken);
        await await Task.WhenAny(half.Task, sent);
        await silo.Kill();
        await sent;
    }

    private static void ShouldBeGapless(List<(string Kind, long? Turn, long? Act)> notices, int events)
    {
        var turns = notices.Select(notice => notice.Turn).OfType<long>().ToArray();
        turns.ShouldBe(Enumerable.Range(1, turns.Length).Select(turn => (long)turn));
        notices.Count(notice => notice.Kind == "event").ShouldBe(events);
        notices.Select(notice => notice.Act).OfType<long>().ShouldBeUnique();
    }

    /// <summary>
    /// Listens from the start until the notice of the withdrawal. When the stream ends before, it reconnects with the last id.
    /// </summary>
    private static async Task<List<(string Kind, long? Turn, long? Act)>> Listen(
        Uri gateway, Session session, Resident resident, Action onEvent, CancellationToken cancellationToken)
    {
        var notices = new List<(string, long?, long?)>();
        var token = session.Credentials.ParticipantToken(resident.Participant);
        var lastId = "0-0";
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            await using var listener = await NoticeListener.Open(
                gateway, $"/v1/me/subjects/{resident.Programme}/{resident.Ordinal}/notices", token, lastId, cancellationToken);
            try
            {
                while (listener.Status == HttpStatusCode.OK && await listener.Next())
                {
                    var (kind, notice) = listener.Received[^1];
                    if (kind == "withdrawn") return notices;
                    kind.ShouldNotBe("restarted");
                    notices.Add((kind, Number(notice, "turn"), Number(notice, "act")));
                    lastId = notice.GetProperty("id").GetString()!;
                    if (kind == "event") onEvent();
                }
            }
            catch (IOException)
            {
                // The connection was cut: a notice that was not read completely arrives again.
            }
            await beat.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static long? Number(JsonElement notice, string name) =>
        notice.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;
}
