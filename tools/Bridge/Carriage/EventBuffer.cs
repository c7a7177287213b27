using Scoring.Bridge.Messages;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Carriage;

/// <summary>
/// Holds events between the origin and the platform, in a lane for each key. A batch takes from many lanes, in order, and no lane is in two
/// batches at a time: so a later event of a key never overtakes an earlier one.
/// </summary>
internal sealed class EventBuffer(BufferOptions options, BatchOptions batches, TimeProvider time)
{
    private const int BracketBytes = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly Queue<Lane> _ready = new();
    private TaskCompletionSource _changed = NewSignal();
    private int _events;
    private long _bytes;
    private int _readyEvents;

    /// <summary>How many events wait or are under way.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _events;
        }
    }

    /// <summary>Whether the origin should be read on.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock) return HasRoomNow;
        }
    }

    private bool HasRoomNow => _events < options.EventsMax && _bytes < options.BytesMax;

    /// <summary>Waits until there is room.</summary>
    public async Task Room(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (HasRoomNow) return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Adds an event behind the others of its key. The origin asks for room before, so one delivery is too much at most.</summary>
    public void Add(CarriedEvent carried)
    {
        var key = carried.Delivery.Key;
        carried.Delivery.Open();
        lock (_lock)
        {
            if (!_lanes.TryGetValue(key, out var lane)) _lanes.Add(key, lane = new Lane(key));
            lane.Waiting.Enqueue(carried);
            _events++;
            _bytes += carried.Bytes.Length;
            if (!lane.IsUnderWay)
            {
                if (lane.Waiting.Count == 1) _ready.Enqueue(lane);
                _readyEvents++;
            }
            Pulse();
        }
    }

    /// <summary>Takes the next batch, as soon as it is full or has waited long enough. <see cref="Release"/> gives it back.</summary>
    public async Task<Batch> Take(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Gather(cancellationToken);
            lock (_lock)
                if (TakeReady() is { Events.Count: > 0 } batch) return batch;
        }
    }

    /// <summary>Gives a batch back after all its events were settled: its keys may be sent again.</summary>
    public void Release(Batch batch)
    {
        lock (_lock)
        {
            foreach (var carried in batch.Events) Forget(carried);
            foreach (var lane in batch.Lanes)
            {
                lane.IsUnderWay = false;
                if (lane.Waiting.Count == 0)
                {
                    _lanes.Remove(lane.Key);
                    continue;
                }
                _ready.Enqueue(lane);
                _readyEvents += lane.Waiting.Count;
            }
            Pulse();
        }
    }

    /// <summary>Waits until there is something to send, and then, for a bounded time, for a full batch.</summary>
    private async Task Gather(CancellationToken cancellationToken)
    {
        Task? linger = null;
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_readyEvents >= batches.EventsMax || (_readyEvents > 0 && linger?.IsCompleted == true)) return;
                changed = _changed.Task;
                if (_readyEvents > 0) linger ??= Task.Delay(TimeSpan.FromMilliseconds(batches.LingerMs), time, cancellationToken);
            }
            await (linger is null ? changed : Task.WhenAny(changed, linger)).WaitAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Batch TakeReady()
    {
        var batch = new Batch([], []);
        var bytes = BracketBytes;
        while (_ready.TryPeek(out var lane) && batch.Events.Count < batches.EventsMax)
        {
            var before = batch.Events.Count;
            while (lane.Waiting.TryPeek(out var next) && batch.Events.Count < batches.EventsMax)
            {
                var size = next.Fault is null ? next.Bytes.Length + 1 : 0;
                if (bytes + size > batches.BytesMax && batch.Events.Count > 0 && !next.Delivery.IsAbandoned) break;
                lane.Waiting.Dequeue();
                _readyEvents--;
                if (next.Delivery.IsAbandoned)
                {
                    Forget(next);
                    continue;
                }
                batch.Events.Add(next);
                bytes += size;
            }
            if (batch.Events.Count == before && lane.Waiting.Count > 0) break; // the next event does not fit
            _ready.Dequeue();
            if (batch.Events.Count == before) _lanes.Remove(lane.Key);
            else Occupy(lane, batch);
        }
        Pulse(); // what was abandoned has made room
        return batch;
    }

    private void Occupy(Lane lane, Batch batch)
    {
        lane.IsUnderWay = true;
        _readyEvents -= lane.Waiting.Count;
        batch.Lanes.Add(lane);
    }

    private void Forget(CarriedEvent carried)
    {
        _events--;
        _bytes -= carried.Bytes.Length;
    }

    private void Pulse()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The events of one key.</summary>
internal sealed class Lane(string key)
{
    /// <summary>Events that wait, in their order.</summary>
    public Queue<CarriedEvent> Waiting { get; } = new();

    /// <summary>Whether events of the key are in a batch.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>The key.</summary>
    public string Key => key;
}

/// <summary>Events that are sent together, and the lanes that they came from.</summary>
internal sealed record Batch(List<CarriedEvent> Events, List<Lane> Lanes);
