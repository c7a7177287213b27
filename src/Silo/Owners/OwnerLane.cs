using System.Threading.Channels;
using Orleans.Runtime;
using Scoring.Ledger;
using Scoring.Partitions;

namespace Scoring.Owners;

/// <summary>
/// Gives the rows of partitions that another silo owns to that silo, as many at a time as are waiting. When it does not answer, the rows
/// go back to this silo's writer.
/// </summary>
internal sealed class OwnerLane(SiloAddress owner, IPartitionOwners owners, AppendWriter writer, LedgerOptions options)
{
    private const int CallsMax = 4;
    private readonly Channel<PendingRow> _queue = Channel.CreateUnbounded<PendingRow>(new() { SingleReader = true });
    private readonly SemaphoreSlim _calls = new(CallsMax);

    public void Add(PendingRow row) => _queue.Writer.TryWrite(row);

    /// <summary>Gives rows away until it is stopped; then the waiting rows fail.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancellationToken))
            {
                await _calls.WaitAsync(cancellationToken);
                var rows = new List<PendingRow>();
                while (rows.Count < options.FlushRowsMax && _queue.Reader.TryRead(out var row)) rows.Add(row);
                _ = Give(rows);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            FailWaiting();
        }
    }

    /// <summary>Fails the waiting rows. Call it only when the lane has stopped.</summary>
    public void FailWaiting()
    {
        while (_queue.Reader.TryRead(out var row)) writer.Fail([row], new LedgerUnavailableException());
    }

    private async Task Give(List<PendingRow> rows)
    {
        using var span = LedgerSpans.Route(rows);
        try
        {
            List<PendingRow> queries = [.. rows.Where(row => row.Query is not null)];
            var outcome = await owners.Append(owner, new RoutedRows(
                [.. rows.Where(row => row.Event is not null).Select(row => RoutedEvent.Of(row.Event!))],
                [.. queries.Select(row => RoutedQuery.Of(row.Query!))])
            {
                AcceptedAt = rows.Min(row => row.Request.AcceptedAt),
            });
            LedgerMetrics.Routed.Add(rows.Count);
            if (outcome.Accepted) Finish(rows, queries, outcome);
            else writer.Fail(rows, new LedgerUnavailableException());
        }
        catch (Exception)
        {
            // Whatever kept the owner from answering, and whether or not it has written them: the rows may be written here.
            LedgerMetrics.FallenBack.Add(rows.Count);
            writer.WriteHere(rows);
        }
        finally
        {
            _calls.Release();
        }
    }

    private void Finish(List<PendingRow> rows, List<PendingRow> queries, RoutedOutcome outcome)
    {
        for (var i = 0; i < queries.Count; i++) ((QueryRequest)queries[i].Request).Turn = outcome.Turns[i].ToTurn();
        foreach (var row in rows) writer.Done(row);
    }
}
