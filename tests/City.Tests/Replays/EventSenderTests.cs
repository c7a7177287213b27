using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;

namespace Scoring.City.Tests.Replays;

public sealed class EventSenderTests
{
    [Fact]
    public async Task Events_are_sent_in_batches_of_five_hundred_each_of_one_source()
    {
        var platform = new FakePlatform(HttpStatusCode.Accepted);
        var sender = Sender(platform, new ExpectedEvents());
        await sender.Send([.. Events(EventFamily.Traffic, 1201), .. Events(EventFamily.Surveillance, 3)],
            _ => default, CancellationToken.None);
        platform.Batches.Select(b => b.Count).Order().ShouldBe([3, 201, 500, 500]);
        platform.Batches.ShouldAllBe(b => b.Distinct().Count() == 1);
        sender.Accepted.ShouldBe(1204);
    }

    [Fact]
    public async Task Refused_events_are_counted_and_not_expected()
    {
        var expected = new ExpectedEvents();
        var sender = Sender(new FakePlatform(HttpStatusCode.BadRequest), expected);
        await sender.Send(Events(EventFamily.Traffic, 2), _ => default, CancellationToken.None);
        (sender.Accepted, sender.Refused, expected.Count).ShouldBe((0, 2, 0));
        sender.Reasons.ShouldHaveSingleItem().ShouldStartWith("400");
    }

    private static EventSender Sender(FakePlatform platform, ExpectedEvents expected)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var standalone = Samples.StandaloneFile(key);
        return new EventSender(
            standalone, new PlatformClient(PlatformConnection.Open([standalone.Address], platform)), expected, parallelMax: 2);
    }

    private static OutgoingEvent[] Events(EventFamily family, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new OutgoingEvent(
            new Resident("safe-driver", "who", "participant", 0, []),
                new Handle(family == EventFamily.Traffic ? Samples.Source : Samples.Cameras, family, "h"),
            "traffic.trip", $"{family}-{i}", new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateOnly(2020, 1, 1), [])),
    ];

    /// <summary>Gives every batch the same answer, and keeps the sources of each batch.</summary>
    private sealed class FakePlatform(HttpStatusCode answer) : HttpMessageHandler
    {
        private readonly Lock _lock = new();

        public List<List<string>> Batches { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var batch = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            lock (_lock) Batches.Add([.. batch.RootElement.EnumerateArray().Select(e => e.GetProperty("source").GetString()!)]);
            return new HttpResponseMessage(answer) { Content = new StringContent("") };
        }
    }
}
