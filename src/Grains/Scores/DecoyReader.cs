using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Scores;

/// <summary>
/// Reads the history of a random number that is no subject's, so that a query costs a read whether or not its grant leads to a subject.
/// One read at a time serves all queries that asked before it began, which of them are about subjects or not.
/// </summary>
internal sealed class DecoyReader(ILedger ledger)
{
    private readonly Lock _gate = new();
    private Task _underWay = Task.CompletedTask;
    private Task? _next;

    /// <summary>Waits for a read that begins after this call.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read.</exception>
    public Task Read()
    {
        lock (_gate)
        {
            if (_next is not null) return _next;
            // The read belongs to no grain, so it must not run on the scheduler of the one that asks first.
            if (_underWay.IsCompleted) return _underWay = Task.Run(ReadOne);
            var before = _underWay;
            return _next = Task.Run(() => ReadAfter(before));
        }
    }

    private async Task ReadAfter(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _underWay = _next!;
            _next = null;
        }
        await ReadOne();
    }

    private Task ReadOne() => ledger.ReadHistory(SubjectNumbers.Draw(), HistoryStart.Snapshot, 1, CancellationToken.None);
}
