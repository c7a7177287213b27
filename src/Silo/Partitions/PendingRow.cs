using System.Diagnostics;
using Scoring.Ledger;

namespace Scoring.Partitions;

/// <summary>One row that waits to be written.</summary>
/// <param name="Request">The append that it belongs to.</param>
/// <param name="Index">Its index in that append.</param>
/// <param name="Partition">The partition that it probably belongs to; -1 before the router looked it up.</param>
/// <param name="Reroutes">How often it was routed again because its handle had moved to another partition.</param>
/// <param name="Handle">What the writer remembers of an event's handle; <see langword="null"/> when that is nothing.</param>
internal readonly record struct PendingRow(
    AppendRequest Request, int Index, short Partition, byte Reroutes, RememberedHandle? Handle = null)
{
    /// <summary>Whether the row is written in this silo, whichever silo owns its partition.</summary>
    public bool StaysHere { get; init; }

    public EventToAppend? Event => Request is EventsRequest events ? events.Events[Index] : null;

    public QueryToAppend? Query => Request is QueryRequest query ? query.Query : null;

    /// <summary>The same row with one reroute more.</summary>
    public PendingRow Rerouted() => this with { Reroutes = (byte)(Reroutes + 1) };
}

/// <summary>One append that waits. It is done when all its rows are done.</summary>
internal abstract class AppendRequest(int rows)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = rows;

    /// <summary>When a silo took it, in ticks of UTC; 0 when that is not known.</summary>
    public long AcceptedAt { get; init; }

    public Task Done => _done.Task;

    /// <summary>The span of the caller; <see langword="null"/> when the append is not traced.</summary>
    public Activity? Span { get; } = LedgerSpans.Current;

    public void RowDone()
    {
        if (Interlocked.Decrement(ref _open) == 0) _done.TrySetResult();
    }

    /// <summary>
    /// Fails the request with its first failed row: the caller may repeat the whole request, because appends are idempotent.
    /// </summary>
    public void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>A batch of events.</summary>
internal sealed class EventsRequest(IReadOnlyList<EventToAppend> events) : AppendRequest(events.Count)
{
    public IReadOnlyList<EventToAppend> Events => events;
}

/// <summary>One query; <see cref="Turn"/> stays <see langword="null"/> when its grant does not allow it.</summary>
internal sealed class QueryRequest(QueryToAppend query) : AppendRequest(1)
{
    public QueryToAppend Query => query;

    public QueryTurn? Turn { get; set; }
}
