using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Scoring.Bridge.Carriage;
using Scoring.Bridge.Messages;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Kafka;

/// <summary>
/// Carries the topics of a Kafka cluster. An offset is stored when every message before it is settled, and committed in the background;
/// what a rebalance or a crash hands over again is known to the platform by its key.
/// </summary>
internal sealed partial class KafkaSource(BridgeSettings settings, TimeProvider time, ILogger<KafkaSource> log) : IEventSource
{
    private static readonly TimeSpan PollMax = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StoreEvery = TimeSpan.FromMilliseconds(100);

    private readonly PartitionOffsets _offsets = new();
    private IConsumer<byte[], byte[]>? _consumer;
    private IProducer<byte[], byte[]>? _producer;
    private bool? _isPaused; // null when a rebalance has changed the partitions since
    private long _lag;

    /// <inheritdoc/>
    public long Lag => Interlocked.Read(ref _lag);

    /// <inheritdoc/>
    public async Task Read(EventBuffer buffer, CancellationToken cancellationToken)
    {
        var pace = new Pace(TimeSpan.FromSeconds(settings.Batches.BackoffSecondsMax), TimeSpan.Zero, time);
        while (!await TryOpen(cancellationToken))
        {
            pace.Hold(null);
            await pace.Wait(cancellationToken);
        }
        await Task.Factory.StartNew(
            () => Poll(buffer, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public Task Finish(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            if (_consumer is null) return;
            try
            {
                _offsets.Store(_consumer);
                _consumer.Commit();
            }
            catch (KafkaException exception)
            {
                if (exception.Error.Code != ErrorCode.Local_NoOffset) LogKafka($"{exception.Error.Code}");
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _consumer?.Close();
        _consumer?.Dispose();
        _producer?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens the clients. Returns whether the cluster answers; a cluster that is away may come back.</summary>
    private async Task<bool> TryOpen(CancellationToken cancellationToken)
    {
        try
        {
            await Open(cancellationToken);
            return true;
        }
        catch (KafkaException exception) when (exception.Error.Code
            is ErrorCode.Local_Transport or ErrorCode.Local_TimedOut or ErrorCode.Local_AllBrokersDown or ErrorCode.RequestTimedOut)
        {
            LogKafka($"{exception.Error.Code}");
            return false;
        }
        catch (Exception exception) when (exception is KafkaException or IOException or InvalidOperationException or ArgumentException)
        {
            throw new SettingsException($"Kafka cannot be used as it is set up: {exception.Message}");
        }
    }

    private async Task Open(CancellationToken cancellationToken)
    {
        if (settings.Kafka.ChecksDeadTopics)
        {
            using var admin = new AdminClientBuilder(await KafkaClients.Admin(settings.Kafka, cancellationToken))
                .SetErrorHandler(OnError).SetLogHandler(Silence).Build();
            await DeadTopics.Ensure(admin, settings.Kafka.Topics, settings.DeadLetters.Days);
        }
        _producer = new ProducerBuilder<byte[], byte[]>(await KafkaClients.Producer(settings.Kafka, cancellationToken))
            .SetErrorHandler(OnError).SetLogHandler(Silence).Build();
        _consumer = new ConsumerBuilder<byte[], byte[]>(await KafkaClients.Consumer(settings.Kafka, cancellationToken))
            .SetErrorHandler(OnError).SetLogHandler(Silence)
            .SetPartitionsAssignedHandler((_, _) => _isPaused = null)
            .SetPartitionsRevokedHandler((consumer, partitions) => _offsets.Revoke(consumer, partitions.Select(one => one.TopicPartition)))
            .SetPartitionsLostHandler((_, partitions) => _offsets.Lose(partitions.Select(one => one.TopicPartition)))
            .Build();
        _consumer.Subscribe(settings.Kafka.Topics);
    }

    private void Poll(EventBuffer buffer, CancellationToken cancellationToken)
    {
        var consumer = _consumer!;
        var stored = time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            if (time.GetElapsedTime(stored) >= StoreEvery)
            {
                Interlocked.Exchange(ref _lag, _offsets.Store(consumer));
                stored = time.GetTimestamp();
            }
            Throttle(consumer, buffer.HasRoom);
            try
            {
                if (consumer.Consume(PollMax) is { } result) Take(result, buffer);
            }
            catch (ConsumeException exception) when (!exception.Error.IsFatal)
            {
                LogKafka($"{exception.Error.Code}"); // for example a topic that is not there yet
            }
        }
    }

    /// <summary>Polling goes on while the partitions are paused, so that the group does not take them away.</summary>
    private void Throttle(IConsumer<byte[], byte[]> consumer, bool hasRoom)
    {
        if (_isPaused == !hasRoom) return;
        if (hasRoom) consumer.Resume(consumer.Assignment);
        else consumer.Pause(consumer.Assignment);
        _isPaused = !hasRoom;
    }

    private void Take(ConsumeResult<byte[], byte[]> result, EventBuffer buffer)
    {
        var delivery = new KafkaDelivery(result, _producer!);
        _offsets.Add(result.TopicPartition, delivery);
        var value = (ReadOnlyMemory<byte>)result.Message.Value;
        buffer.AddMessage(KafkaMessage.Read(result.Message), value, delivery, settings.Batches.BytesMax);
    }

    private void OnError(IClient client, Error error) => LogKafka($"{error.Code}: {error.Reason}"); // brokers and reasons, no message

    /// <summary>The library's own lines say more than the bridge may log.</summary>
    private static void Silence(IClient client, LogMessage line)
    {
    }

    [LoggerMessage(7301, LogLevel.Warning, "Kafka: {Problem}")]
    private partial void LogKafka(string problem);
}
