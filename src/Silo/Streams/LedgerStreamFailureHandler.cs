using Orleans.Runtime;
using Orleans.Streams;
using Scoring.Hosting;

namespace Scoring.Streams;

/// <summary>
/// Counts slices that the stream gave up. The next slice shows the hole, and the partition grain fills it from the ledger.
/// </summary>
internal sealed class LedgerStreamFailureHandler : IStreamFailureHandler
{
    public bool ShouldFaultSubsriptionOnError => false;

    public Task OnDeliveryFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        GrainMetrics.StreamGivenUp.Add(1);
        return Task.CompletedTask;
    }

    public Task OnSubscriptionFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        GrainMetrics.StreamGivenUp.Add(1);
        return Task.CompletedTask;
    }
}
