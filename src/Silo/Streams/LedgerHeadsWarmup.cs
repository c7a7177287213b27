using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Streams;

/// <summary>
/// Reads the heads once before the silo takes queues; otherwise every queue would begin at the ledger's first entry. From then on it tells
/// folds and queues when the ledger has a new incarnation.
/// </summary>
internal sealed class LedgerHeadsWarmup(LedgerHeads heads, IncarnationMonitor monitor, LedgerIncarnation incarnation) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        monitor.Changed += BeginAgain;
        await heads.Poll(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        monitor.Changed -= BeginAgain;
        return Task.CompletedTask;
    }

    private void BeginAgain(IncarnationId _) => incarnation.Advance();
}
