using CsCheck;
using Scoring.Bridge.Messages;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Carriage;

public sealed class EventBufferTests
{
    private readonly BufferOptions _options = new() { EventsMax = 10 };
    private readonly BatchOptions _batches = new() { EventsMax = 4, LingerMs = 0, BytesMax = 1024 };

    [Fact]
    public void Events_of_a_key_are_taken_in_order_and_never_in_two_batches_whatever_is_taken_and_released_when() =>
        Gen.Select(Gen.Int[0, 3].Array[1, 60], Gen.Bool.Array[60]).Sample((keys, releases) =>
        {
            var buffer = new EventBuffer(new BufferOptions(), _batches, TimeProvider.System);
            var deliveries = keys.Distinct().ToDictionary(key => key, key => new MadeUpDelivery($"{key}"));
            foreach (var (number, key) in keys.Index()) buffer.Add(Event(deliveries[key], number));
            var open = new Queue<Batch>();
            var taken = new List<CarriedEvent>();
            foreach (var release in releases.Concat(Enumerable.Repeat(true, 120)))
            {
                if (release && open.TryDequeue(out var done)) buffer.Release(done);
                var next = buffer.Take(CancellationToken.None);
                if (!next.IsCompletedSuccessfully) break; // nothing may be taken now
                var batch = Unwrap(next);
                batch.Events.Select(one => one.Delivery.Key).ShouldNotContain(key => open.Any(other => other.Lanes.Any(l => l.Key == key)));
                batch.Events.Count.ShouldBeInRange(1, _batches.EventsMax);
                open.Enqueue(batch);
                taken.AddRange(batch.Events);
            }
            foreach (var key in taken.GroupBy(one => one.Delivery.Key))
                key.Select(one => one.Number).ShouldBe(keys.Index().Where(one => $"{one.Item}" == key.Key).Select(one => one.Index)
                    .Take(key.Count()));
        }, iter: 300);

    [Fact]
    public async Task A_batch_gathers_events_of_many_keys()
    {
        var buffer = new EventBuffer(_options, _batches, TimeProvider.System);
        foreach (var key in new[] { "a", "b", "a", "c", "d" }) buffer.Add(Event(new MadeUpDelivery(key), 0));
        var batch = await buffer.Take(CancellationToken.None);
        batch.Events.Select(one => one.Delivery.Key).ShouldBe(["a", "a", "b", "c"]);
    }

    [Fact]
    public async Task A_batch_is_no_longer_than_its_bytes_and_an_event_alone_always_fits()
    {
        var buffer = new EventBuffer(_options, _batches, TimeProvider.System);
        var delivery = new MadeUpDelivery("a");
        foreach (var length in new[] { 600, 600, 2000 }) buffer.Add(new CarriedEvent(new byte[length], delivery, 0));
        foreach (var length in new[] { 600, 600, 2000 })
        {
            var batch = await buffer.Take(CancellationToken.None);
            batch.Events.ShouldHaveSingleItem().Bytes.Length.ShouldBe(length);
            buffer.Release(batch);
        }
        buffer.Count.ShouldBe(0);
    }

    [Fact]
    public async Task There_is_room_again_only_after_a_batch_is_released()
    {
        var buffer = new EventBuffer(_options, _batches, TimeProvider.System);
        for (var i = 0; i < _options.EventsMax; i++) buffer.Add(Event(new MadeUpDelivery($"{i}"), i));
        var room = buffer.Room(CancellationToken.None);
        var batch = await buffer.Take(CancellationToken.None);
        (buffer.HasRoom, room.IsCompleted).ShouldBe((false, false));
        buffer.Release(batch);
        await room.WaitAsync(TimeSpan.FromSeconds(30));
        buffer.HasRoom.ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_origin_will_hand_over_again_is_not_sent()
    {
        var buffer = new EventBuffer(_options, _batches, TimeProvider.System);
        var gone = new MadeUpDelivery("a");
        buffer.Add(Event(gone, 1));
        gone.Abandon();
        buffer.Add(Event(new MadeUpDelivery("a"), 2));
        (await buffer.Take(CancellationToken.None)).Events.ShouldHaveSingleItem().Number.ShouldBe(2);
        buffer.Count.ShouldBe(1);
    }

    private static Batch Unwrap(Task<Batch> task) => task.GetAwaiter().GetResult();

    private static CarriedEvent Event(Delivery delivery, int number) => new(new byte[8], delivery, number);
}
