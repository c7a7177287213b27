using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scoring.Exports;
using Scoring.Hosting;
using Scoring.Intake;

namespace Scoring.Limits;

/// <summary>No client holds the places of others, and no role those of another.</summary>
public sealed class PoolTests
{
    private const string Continue = "HTTP/1.1 100 Continue";

    private const string Witnesses = "/v1/checkpoints/2/witnesses";

    [Fact]
    public async Task One_client_that_holds_all_its_places_by_slow_bodies_leaves_every_other_served()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Limits:RequestsAtOnceMax", "16"), ("Gateway:Limits:BodyGraceSeconds", "60"),
            ("Gateway:Witnesses:BodySecondsMax", "60"), ("Gateway:Limits:RequestSecondsMax", "120"));
        var slow = new List<RawRequest>();
        try
        {
            string first;
            do
            {
                slow.Add(await SlowWitness(gateway));
                first = await slow[^1].ReadLine();
            }
            while (first == Continue && slow.Count < 100);
            first.ShouldStartWith("HTTP/1.1 429 ");
            slow.Count.ShouldBeGreaterThan(1);
            var refused = await gateway.Send(HttpMethod.Post, Witnesses, null, """{"from":0}""");
            (refused.Status, refused.Problem).ShouldBe((429, "too-many-requests"));
            refused.Headers.RetryAfter.ShouldNotBeNull();

            using var other = From(gateway, "127.0.0.2");
            using var witnessed = await other.PostAsync(
                Witnesses, new StringContent("""{"from":0}""", Encoding.UTF8, "application/json"));
            witnessed.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await gateway.Get("/v1/checkpoints/latest")).Status.ShouldBe(200);
            (await gateway.Get("/v1/programmes")).Status.ShouldBe(200);
            (await gateway.PostEvents(Some.Event())).Status.ShouldBe(202);
            (await gateway.Get("/v1/me/subjects?programme=safe-driver", "participant")).Status.ShouldBe(200);
        }
        finally
        {
            foreach (var request in slow) request.Dispose();
        }
    }

    [Theory]
    [InlineData("Gateway:Pools:SourcesMax", 503, "unavailable", true)]
    [InlineData("Gateway:Pools:OfOneMachineMax", 429, "too-many-requests", false)]
    public async Task A_pool_or_a_client_at_its_maximum_is_refused_and_everyone_else_is_served(
        string limit, int status, string problem, bool isOther)
    {
        await using var gateway = await TestGateway.Start((limit, "2"));
        var entered = new SemaphoreSlim(0);
        var leave = new TaskCompletionSource<IntakeOutcome>();
        gateway.City.OnAppend = _ =>
        {
            entered.Release();
            return leave.Task;
        };
        Task<Answer>[] held = [gateway.PostEvents(Some.Event()), gateway.PostEvents(Some.Event())];
        foreach (var _ in held) await entered.WaitAsync();

        var source = isOther ? gateway.Token("source", d => d.Claims["source"] = "urn:example:other") : "source";
        var refused = await gateway.Send(HttpMethod.Post, "/v1/events", source, Some.Event(), "application/cloudevents+json");
        (refused.Status, refused.Problem).ShouldBe((status, problem));
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await gateway.Get("/v1/me/subjects?programme=safe-driver", "participant")).Status.ShouldBe(200);
        (await gateway.Get("/v1/programmes")).Status.ShouldBe(200);
        // A caller without the role takes a public place, so it cannot fill the pool of sources from outside.
        (await gateway.Send(HttpMethod.Post, "/v1/events", "participant", Some.Event(), "application/cloudevents+json"))
            .Problem.ShouldBe("forbidden");

        leave.SetResult(IntakeOutcome.Accepted);
        foreach (var answer in await Task.WhenAll(held)) answer.Status.ShouldBe(202);
        // A request leaves its place a little after its answer.
        Answer after;
        var sent = 0;
        do after = await gateway.PostEvents(Some.Event());
        while (after.Status != 202 && sent++ < 1000);
        after.Status.ShouldBe(202);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_witness_sends_a_small_body_also_in_chunks(bool isChunked)
    {
        await using var gateway = await TestGateway.Start(("Gateway:Witnesses:BodyBytesMax", "512"));
        Task<Answer> Send(int bytes) => gateway.Send(
            HttpMethod.Post, Witnesses, null, """{"from":0}""".PadRight(bytes),
            change: request => request.Headers.TransferEncodingChunked = isChunked ? true : null);
        (await Send(512)).Status.ShouldBe(200);
        var refused = await Send(513);
        (refused.Status, refused.Problem).ShouldBe((413, "too-large"));
    }

    [Fact]
    public async Task A_witness_whose_body_does_not_arrive_is_too_slow()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Witnesses:BodySecondsMax", "0.5"), ("Gateway:Limits:BodyGraceSeconds", "60"));
        using var request = await SlowWitness(gateway);
        (await request.ReadLine()).ShouldBe(Continue);
        (await request.ReadLine()).ShouldBeEmpty();
        var answer = await request.ReadToEnd();
        answer.ShouldStartWith("HTTP/1.1 408 ");
        answer.ShouldContain("urn:scoring:problem:too-slow");
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1::2", false)]
    public async Task Behind_a_proxy_clients_are_told_apart_by_the_address_that_it_forwards(string one, string other, bool isOther)
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Proxies:Addresses:0", "127.0.0.0/8"), ("Gateway:Limits:RequestsBurst", "3"),
            ("Gateway:Limits:RequestsPerSecond", "1"));
        await UseUp(gateway, one);
        (await Forwarded(gateway, other)).Status.ShouldBe(isOther ? 200 : 429);
    }

    [Fact]
    public async Task A_header_of_an_address_that_is_no_proxy_is_ignored()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Proxies:Addresses:0", "10.1.2.3"), ("Gateway:Limits:RequestsBurst", "3"),
            ("Gateway:Limits:RequestsPerSecond", "1"));
        await UseUp(gateway, "10.0.0.1");
        (await Forwarded(gateway, "10.0.0.2")).Status.ShouldBe(429);
    }

    [Theory]
    [InlineData("Gateway:Pools:SourcesMax", "0", "SourcesMax")]
    [InlineData("Gateway:Pools:OfOneAddressMax", "100001", "OfOneAddressMax")]
    [InlineData("Gateway:Witnesses:BodyBytesMax", "511", "BodyBytesMax")]
    [InlineData("Gateway:Witnesses:BodySecondsMax", "61", "BodySecondsMax")]
    [InlineData("Gateway:Proofs:CacheEntriesMax", "0", "CacheEntriesMax")]
    [InlineData("Gateway:Proxies:HopsMax", "17", "HopsMax")]
    [InlineData("Gateway:Proxies:Addresses:0", "proxy.example", "Addresses")]
    public async Task A_limit_out_of_its_range_stops_the_start(string name, string value, string named) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => TestGateway.Start((name, value)))).Message.ShouldContain(named);

    [Fact]
    public void The_default_pools_add_up_to_the_limit_of_all_requests()
    {
        var pools = new RequestPools(Options.Create(new RequestPoolOptions()), Options.Create(new WitnessOptions()));
        Enum.GetValues<RequestPool>().Sum(pools.MaxOf).ShouldBe(new GatewayLimits().RequestsAtOnceMax);
    }

    [Fact]
    public async Task Participants_archives_and_auditors_do_not_share_their_places()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Limits:ExportsAtOnceMax", "1"), ("Gateway:Limits:AuditArchivesAtOnceMax", "1"));
        var limiter = gateway.Services.GetRequiredService<ExportLimiter>();
        using var participants = limiter.Acquire("one", isAudit: false, out _).ShouldNotBeNull();
        limiter.Acquire("two", isAudit: false, out var refusal).ShouldBeNull();
        refusal!.Name.ShouldBe("unavailable");
        using var auditors = limiter.Acquire("case", isAudit: true, out _).ShouldNotBeNull();
        limiter.Acquire("another case", isAudit: true, out refusal).ShouldBeNull();
        refusal!.Name.ShouldBe("unavailable");
    }

    /// <summary>Begins a request. The server says <see cref="Continue"/> once it has a place and its body is read.</summary>
    private static async Task<RawRequest> SlowWitness(TestGateway gateway)
    {
        var request = await RawRequest.Open(gateway.Address);
        await request.Send(
            $"POST {Witnesses} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Expect: 100-continue\r\nContent-Length: 100\r\n\r\n");
        return request;
    }

    private static HttpClient From(TestGateway gateway, string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = gateway.Address,
    };

    private static Task<Answer> Forwarded(TestGateway gateway, string address) => gateway.Send(
        HttpMethod.Get, "/v1/programmes", null, change: request => request.Headers.Add("X-Forwarded-For", address));

    private static async Task UseUp(TestGateway gateway, string address)
    {
        var sent = 0;
        while ((await Forwarded(gateway, address)).Status == 200) (sent++).ShouldBeLessThan(100);
    }
}
