using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Streams;

/// <summary>
/// Before the silo takes queues, the heads are looked up once, or every queue would begin at the ledger's first entry. From then on a
/// ledger that is another one is passed on to folds and queues.
/// </summary>
internal sealed class LedgerHeadsWarmup(LedgerHeads heads, IncarnationMonitor incarnation, LedgerIncarnation life) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        incarnation.Changed += Changed;
        await heads.Poll(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        incarnation.Changed -= Changed;
        return Task.CompletedTask;
    }

    private void Changed(IncarnationId _) => life.Advance();
}
