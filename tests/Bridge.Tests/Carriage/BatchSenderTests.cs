using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Scoring.Bridge.Health;
using Scoring.Bridge.Messages;
using Scoring.Client;

namespace Scoring.Bridge.Carriage;

public sealed class BatchSenderTests : IDisposable
{
    private readonly FakePlatform _platform = new();
    private readonly MadeUpDelivery _delivery = new("key");
    private readonly BridgeMetrics _metrics = new();
    private readonly ScoringClient _client;
    private readonly BatchSender _sender;

    public BatchSenderTests()
    {
        _client = new ScoringClient(new ScoringClientOptions { Addresses = [new("http://platform.test")], AttemptsMax = 1 }, _platform);
        var pace = new Pace(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(50), TimeProvider.System);
        _sender = new BatchSender(_client.Events, pace, _metrics, NullLogger<BatchSender>.Instance);
    }

    [Fact]
    public async Task Refused_events_are_dead_letters_with_their_reasons_and_the_others_are_taken_in_order()
    {
        await Settle("1", "bad-2", "3", "bad-4", "5");
        _platform.Taken.ShouldBe(["1", "3", "5"]);
        _delivery.Dead.Select(dead => dead.Event.Number).ShouldBe([2, 4]);
        _delivery.Dead.ShouldAllBe(dead => dead.Reasons.Single() == new Reason("/data/overLimitKmh", "It must be from 0 to 200."));
        (_metrics.CarriedTotal, _metrics.RefusedTotal).ShouldBe((3, 2));
    }

    [Fact]
    public async Task Events_at_fault_past_those_that_an_answer_names_are_found_too()
    {
        _platform.ErrorsMax = 1;
        await Settle("bad-1", "2", "bad-3", "bad-4");
        _platform.Taken.ShouldBe(["2"]);
        _delivery.Dead.Select(dead => dead.Event.Number).ShouldBe([1, 3, 4]);
    }

    [Fact]
    public async Task When_an_answer_names_no_event_the_batch_is_halved_until_the_event_is_found()
    {
        _platform.ErrorsMax = 0;
        await Settle("1", "2", "3", "bad-4", "5");
        _platform.Taken.ShouldBe(["1", "2", "3", "5"]);
        _delivery.Dead.ShouldHaveSingleItem().Event.Number.ShouldBe(4);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_is_halved_and_an_event_that_is_too_large_is_dead()
    {
        _platform.BodyBytesMax = EventText.Of("1").Length + 100;
        await Settle("1", "2", "3" + new string('x', 200), "4");
        _platform.Taken.ShouldBe(["1", "2", "4"]);
        _delivery.Dead.ShouldHaveSingleItem().Event.Number.ShouldBe(3);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.BadRequest)] // of a proxy: it says nothing of the events
    public async Task What_is_no_fault_of_an_event_is_tried_again_until_the_platform_decides(HttpStatusCode status)
    {
        for (var i = 0; i < 3; i++) _platform.AnswerNext(status);
        _platform.BreakNext();
        await Settle("1", "2");
        _platform.Taken.ShouldBe(["1", "2"]);
        _delivery.Dead.ShouldBeEmpty();
        _metrics.RetriedTotal.ShouldBe(4);
    }

    [Fact]
    public async Task What_is_no_event_is_never_sent()
    {
        var dead = new CarriedEvent("no json"u8.ToArray(), _delivery, 1, "It is not JSON.");
        await Settle([dead, Event("2", 2)]);
        _platform.Taken.ShouldBe(["2"]);
        _platform.Sizes.ShouldBe([1]);
        _delivery.Dead.ShouldHaveSingleItem().Reasons.ShouldBe([new Reason("", "It is not JSON.")]);
    }

    [Fact]
    public async Task An_event_is_settled_only_when_the_dead_letter_place_has_it()
    {
        _delivery.Failures = 3;
        await Settle("bad-1");
        _delivery.Dead.ShouldHaveSingleItem();
        _delivery.Settled.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_cancelled_is_not_settled()
    {
        _platform.Status = HttpStatusCode.ServiceUnavailable;
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        _delivery.Open();
        await Should.ThrowAsync<OperationCanceledException>(
            () => _sender.Settle([Event("1", 1)], CancellationToken.None, stop.Token));
        _delivery.Close();
        _delivery.Settled.IsCompleted.ShouldBeFalse();
        _delivery.Dead.ShouldBeEmpty();
    }

    public void Dispose()
    {
        _client.Dispose();
        _metrics.Dispose();
        _platform.Dispose();
    }

    private Task Settle(params string[] ids) => Settle([.. ids.Index().Select(one => Event(one.Item, one.Index + 1))]);

    private async Task Settle(IReadOnlyList<CarriedEvent> events)
    {
        foreach (var one in events) one.Delivery.Open();
        _delivery.Close();
        await _sender.Settle(events, CancellationToken.None, CancellationToken.None);
        _delivery.Settled.IsCompleted.ShouldBeTrue();
    }

    private CarriedEvent Event(string id, int number) => new(EventText.Bytes(id), _delivery, number);
}
