using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;
using Scoring.Ledger;
using Scoring.Notices;

namespace Scoring.Streams;

/// <summary>
/// The ledger as an Orleans persistent stream provider: read-only, with one queue for each partition. It writes nothing, acknowledges
/// nothing and cannot be rewound. A consumer that misses something reads the ledger.
/// </summary>
internal sealed class LedgerQueueAdapter(string name, LedgerStreamDependencies services) : IQueueAdapter, IQueueAdapterFactory
{
    /// <summary>
    /// Orleans divides its cache into ten parts and takes it for full when all are in use, so at most ten slices of a partition wait.
    /// </summary>
    private const int SlicesWaitingMax = 10;

    private readonly LedgerQueues _queues = new(services.Ledger.PartitionCount);

    public string Name => name;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadOnly;

    public static LedgerQueueAdapter Create(IServiceProvider services, string name) =>
        new(name, services.GetRequiredService<LedgerStreamDependencies>());

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext) =>
        throw new NotSupportedException("The ledger's stream is read-only. Append to the ledger instead.");

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) =>
        new LedgerQueueReceiver(LedgerQueues.PartitionOf(queueId), services);

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken) => CreateAdapter();

    public IQueueAdapterCache GetQueueAdapterCache() =>
        new SimpleQueueAdapterCache(new SimpleQueueCacheOptions { CacheSize = SlicesWaitingMax }, name, services.Logs);

    public IStreamQueueMapper GetStreamQueueMapper() => _queues;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new LedgerStreamFailureHandler());
}

/// <summary>The services that the stream's adapter and receivers share.</summary>
internal sealed record LedgerStreamDependencies(
    ILedger Ledger, ILedgerHeads Heads, LedgerTail Tail, LedgerIncarnation Incarnation, SubjectGrowth Growth,
    IOptions<LedgerStreamOptions> Options, ILoggerFactory Logs);
