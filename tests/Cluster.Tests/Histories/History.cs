using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.Histories;

/// <summary>Everything that the clients of a run did and saw. Any number of clients adds to it concurrently.</summary>
/// <param name="eventOf">Returns the event of a number and an instant. It follows from both, so the history does not keep it.</param>
internal sealed class History(Func<long, DateTimeOffset, SentEvent> eventOf)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly List<SendOperation> _sends = [];
    private readonly List<QueryOperation> _queries = [];
    private readonly List<FaultOperation> _faults = [];
    private readonly List<(TimeSpan From, TaskCompletionSource<TimeSpan> Done)> _waiting = [];
    private readonly Lock _lock = new();

    /// <summary>The time since the start of the history.</summary>
    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_start);

    public IReadOnlyList<SendOperation> Sends { get { lock (_lock) return [.. _sends]; } }

    public IReadOnlyList<QueryOperation> Queries { get { lock (_lock) return [.. _queries]; } }

    public IReadOnlyList<FaultOperation> Faults { get { lock (_lock) return [.. _faults]; } }

    public void Add(SendOperation operation)
    {
        lock (_lock)
        {
            _sends.Add(operation);
            if (operation.Outcome != Outcome.Done) return;
            foreach (var (from, done) in _waiting)
                if (operation.From >= from) done.TrySetResult(operation.To);
            _waiting.RemoveAll(waiting => waiting.Done.Task.IsCompleted);
        }
    }

    /// <summary>Waits for the first acknowledgement of a batch whose request began at or after an instant. Returns when it came.</summary>
    public Task<TimeSpan> FirstAcknowledgedSince(TimeSpan from)
    {
        var done = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _waiting.Add((from, done));
        return done.Task;
    }

    public void Add(QueryOperation operation)
    {
        lock (_lock) _queries.Add(operation);
    }

    public void Add(FaultOperation operation)
    {
        lock (_lock) _faults.Add(operation);
    }

    /// <summary>Returns the event of a number in a batch.</summary>
    public SentEvent EventOf(long number, DateTimeOffset instant) => eventOf(number, instant);

    /// <summary>Writes every operation as one line of JSON, ordered by the time at which it began.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new StreamWriter(path);
        var lines = Sends.Select(send => (send.From, Line: Line("send", send)))
            .Concat(Queries.Select(query => (query.From, Line("query", query))))
            .Concat(Faults.Select(fault => (fault.From, Line("fault", fault))));
        foreach (var (_, line) in lines.OrderBy(line => line.From)) file.WriteLine(line);
    }

    private static string Line<T>(string kind, T operation) => $"{{\"{kind}\":{JsonSerializer.Serialize(operation, Format)}}}";
}
