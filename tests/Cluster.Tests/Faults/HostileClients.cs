using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Platform;
using Scoring.Testing;

namespace Scoring.Faults;

/// <summary>
/// Opens 5,000 idle connections, sends bodies byte by byte and halves of requests, and uses expired tokens and the proofs of others, for
/// some seconds. The refusals must be the expected ones, and the load must go on.
/// </summary>
internal sealed class HostileClients : Fault
{
    private const int Idle = 5000;
    private const int Slow = 200;
    private const int Halves = 200;
    private const int Credentials = 20;
    private const int AtOnce = 100;
    private static readonly TimeSpan Past = TimeSpan.FromHours(5);

    public override string Name => "hostile-clients";

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var sockets = new List<Socket>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            for (var i = 0; i < Idle; i += AtOnce)
                sockets.AddRange(await Task.WhenAll(Enumerable.Range(i, AtOnce).Select(one => Connect(context, one, cancellationToken))));
            var slow = await Task.WhenAll(Enumerable.Range(0, Slow).Select(one => Connect(context, one, cancellationToken)));
            sockets.AddRange(slow);
            var dripping = Task.WhenAll(slow.Select(socket => Drip(socket, context.Target.SourceTokens.Values.First(), stop.Token)));
            for (var i = 0; i < Halves; i++)
            {
                using var half = await Connect(context, i, cancellationToken);
                await half.SendAsync(Encoding.ASCII.GetBytes("POST /v1/events HTTP/1.1\r\nHost: gate"), cancellationToken);
                half.LingerState = new LingerOption(enable: true, seconds: 0); // closing it resets the connection
            }
            for (var i = 0; i < Credentials; i++) await UseWrongCredentials(context, i, cancellationToken);
            await context.Wait(5, 15, cancellationToken);
            await context.Target.History.FirstAcknowledgedSince(context.Target.History.Now).WaitAsync(cancellationToken);
            await stop.CancelAsync();
            await dripping;
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var socket in sockets) socket.Dispose();
        }
        return $"{Idle} idle, {Slow} slow, {Halves} half";
    }

    private static async Task UseWrongCredentials(FaultContext context, int number, CancellationToken cancellationToken)
    {
        var session = context.Target.Session;
        using var expired = new Credentials(session.Standalone, new PastTime(Past));
        var victim = context.Target.Residents[number % context.Target.Residents.Count];
        var handle = victim.Handles[0];
        var own = $"/v1/me/subjects/{victim.Programme}/{victim.Ordinal}";
        await Expect(
            HttpStatusCode.Unauthorized, "an expired token", HttpMethod.Get, own, expired.ParticipantToken(victim.Participant), null);

        var thief = session.Credentials.ParticipantToken($"thief-{number}");
        var proof = session.Credentials.HandleProof(handle.Source, handle.Token, victim.Programme, victim.Participant);
        await Expect(
            HttpStatusCode.UnprocessableEntity, "another participant's proof", HttpMethod.Post, "/v1/me/subjects", thief,
            Enrolment(context, proof));
        var owner = session.Credentials.ParticipantToken(victim.Participant);
        await Expect(
            HttpStatusCode.UnprocessableEntity, "an expired proof", HttpMethod.Post, "/v1/me/subjects", owner,
            Enrolment(context, expired.HandleProof(handle.Source, handle.Token, victim.Programme, victim.Participant)));

        async Task Expect(HttpStatusCode expected, string what, HttpMethod method, string path, string token, JsonObject? body)
        {
            var bytes = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());
            var (status, answer) = await session.Api.Send(method, path, token, bytes, "application/json", cancellationToken);
            if (status != expected) context.Fail($"hostile-clients: {what} got {(int)status}, not {(int)expected}: {answer}");
        }
    }

    private static JsonObject Enrolment(FaultContext context, string proof)
    {
        var programme = context.Target.Programme;
        return new JsonObject
        {
            ["programme"] = programme.Id,
            ["ruleSet"] = programme.InForce(programme.Today).Hash,
            ["handleProofs"] = new JsonArray(proof),
        };
    }

    /// <summary>Sends a request whose body comes byte by byte, until the gateway ends it.</summary>
    private static async Task Drip(Socket socket, string token, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(
                Encoding.ASCII.GetBytes($"POST /v1/events HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {token}\r\n"
                    + "Content-Type: application/cloudevents-batch+json\r\nContent-Length: 100000\r\n\r\n"),
                cancellationToken);
            using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1));
            do await socket.SendAsync("["u8.ToArray(), cancellationToken);
            while (await beat.WaitForNextTickAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The gateway has closed the connection, or the fault is over.
        }
    }

    private static async Task<Socket> Connect(FaultContext context, int number, CancellationToken cancellationToken)
    {
        var address = context.Cluster.Addresses[number % context.Cluster.Addresses.Count];
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, cancellationToken);
        return socket;
    }

    /// <summary>The machine's clock, set back.</summary>
    private sealed class PastTime(TimeSpan back) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - back;
    }
}
