using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Scores;

/// <summary>
/// Reads the history of a random number that is no subject's, so that a query costs a read whether or not its grant leads to a subject.
/// One read at a time serves all queries that asked before it began, which of them are about subjects or not.
/// </summary>
internal sealed class DecoyReader(ILedger ledger, TimeProvider time)
{
    private readonly SharedRead<SubjectHistory?> _reads = new(
        () => ledger.ReadHistory(SubjectNumbers.Draw(), HistoryStart.Snapshot, 1, CancellationToken.None), TimeSpan.Zero, time);

    /// <summary>Waits for a read that begins after this call.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read.</exception>
    public Task Read() => _reads.Read();
}
