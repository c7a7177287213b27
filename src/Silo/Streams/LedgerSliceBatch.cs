using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;
using Scoring.Ledger;

namespace Scoring.Streams;

/// <summary>A message of a queue: one slice of its partition.</summary>
[GenerateSerializer, Immutable, Alias("scoring.ledger-slice-batch")]
internal sealed class LedgerSliceBatch(LedgerSlice slice) : IBatchContainer
{
    [Id(0)]
    private readonly LedgerSlice _slice = slice;

    public StreamId StreamId => LedgerQueues.StreamOf(_slice.Partition);

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(_slice.To);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        _slice is T slice ? [Tuple.Create(slice, SequenceToken)] : [];

    public bool ImportRequestContext() => false;
}
