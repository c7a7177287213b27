using System.Collections.Immutable;
using Orleans.Concurrency;
using Scoring.Keys;

namespace Scoring.Receipts;

/// <summary>See <see cref="IReceiptGrain"/>.</summary>
[GrainType("receipt"), Reentrant, StatelessWorker]
internal sealed class ReceiptGrain(ReceiptSigner signer) : Grain, IReceiptGrain
{
    public Task<ImmutableArray<ReceiptKey>> Keys() => Task.FromResult(signer.PublicKeys);
}
