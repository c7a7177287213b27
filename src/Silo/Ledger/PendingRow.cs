namespace Scoring.Ledger;

/// <summary>One append that waits: done when all its rows are.</summary>
internal abstract class AppendRequest(int rows)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = rows;

    public Task Done => _done.Task;

    public void RowDone()
    {
        if (Interlocked.Decrement(ref _open) == 0) _done.TrySetResult();
    }

    /// <summary>Repeating is harmless, so a request fails with its first row.</summary>
    public void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>A batch of events.</summary>
internal sealed class EventsRequest(IReadOnlyList<EventToAppend> events) : AppendRequest(events.Count)
{
    public IReadOnlyList<EventToAppend> Events => events;
}

/// <summary>A query.</summary>
internal sealed class QueryRequest(QueryToAppend query) : AppendRequest(1)
{
    public QueryToAppend Query => query;

    public QueryTurn? Turn { get; set; }
}

/// <summary>One row on its way: where it probably belongs, and how often it was sent on.</summary>
internal readonly record struct PendingRow(AppendRequest Request, int Index, short Partition, byte Reroutes)
{
    public EventToAppend? Event => Request is EventsRequest events ? events.Events[Index] : null;

    public QueryToAppend? Query => Request is QueryRequest query ? query.Query : null;

    public PendingRow Rerouted => this with { Reroutes = (byte)(Reroutes + 1) };
}
