using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;
using Scoring.Ledger;

namespace Scoring.Streams;

/// <summary>
/// The ledger as an Orleans persistent stream provider: read-only, one queue a partition. It writes nothing, acknowledges nothing and
/// cannot be rewound; who misses something reads the ledger.
/// </summary>
internal sealed class LedgerQueueAdapter(
    string name, ILedger ledger, ILedgerHeads heads, LedgerIncarnation life, LedgerStreamOptions options, ILoggerFactory logs)
    : IQueueAdapter, IQueueAdapterFactory
{
    /// <summary>
    /// Orleans' cache cuts itself into ten parts and is full when all are used: ten slices of a partition wait at most.
    /// </summary>
    private const int SlicesWaitingMax = 10;

    private readonly LedgerQueues _queues = new(ledger.PartitionCount);

    public string Name => name;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadOnly;

    public static LedgerQueueAdapter Create(IServiceProvider services, string name) => new(
        name, services.GetRequiredService<ILedger>(), services.GetRequiredService<ILedgerHeads>(),
        services.GetRequiredService<LedgerIncarnation>(),
        services.GetRequiredService<Microsoft.Extensions.Options.IOptions<LedgerStreamOptions>>().Value,
        services.GetRequiredService<ILoggerFactory>());

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext) =>
        throw new NotSupportedException("The ledger's stream is read only: what is appended to the ledger is in it.");

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) =>
        new LedgerQueueReceiver(LedgerQueues.PartitionOf(queueId), ledger, heads, life, options);

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken) => CreateAdapter();

    public IQueueAdapterCache GetQueueAdapterCache() =>
        new SimpleQueueAdapterCache(new SimpleQueueCacheOptions { CacheSize = SlicesWaitingMax }, name, logs);

    public IStreamQueueMapper GetStreamQueueMapper() => _queues;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new LedgerStreamFailureHandler());
}
