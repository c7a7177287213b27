using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace Scoring.Bridge.Kafka;

/// <summary>
/// The mock cluster of librdkafka: brokers that speak Kafka's protocol over TCP from the memory of this process. It is a contract test of
/// the client's side; it proves nothing of a real broker's disk.
/// </summary>
internal sealed partial class MockKafka : IDisposable
{
    private const string Library = "librdkafka";
    private const int Producer = 0;
    private const int BrokerCount = 3;

    private readonly IntPtr _client;
    private readonly IntPtr _cluster;

    /// <summary>The builds of the library differ in what they need of the system. They are tried in the order of Confluent.Kafka.</summary>
    static MockKafka() => NativeLibrary.SetDllImportResolver(typeof(MockKafka).Assembly, (name, assembly, path) =>
    {
        foreach (var build in new[] { name, "centos8-" + name, "alpine-" + name })
            if (NativeLibrary.TryLoad(build, assembly, path, out var found)) return found;
        return IntPtr.Zero;
    });

    public MockKafka(params string[] topics)
    {
        var error = new byte[256];
        _client = Native.New(Producer, Native.NewConf(), error, error.Length);
        _cluster = Native.NewCluster(_client, BrokerCount);
        Native.SetRebalanceDelay(_cluster, 0);
        Servers = Marshal.PtrToStringUTF8(Native.Bootstraps(_cluster))!;
        foreach (var topic in topics) Native.CreateTopic(_cluster, topic, 2, BrokerCount).ShouldBe(0);
    }

    public string Servers { get; }

    /// <summary>The settings of a bridge on this cluster.</summary>
    public string[] Settings(params string[] topics) =>
    [
        "--Bridge:From=Kafka", "--Kafka:Tls=false", "--Kafka:ChecksDeadTopics=false", "--Kafka:SessionSeconds=6",
        .. Servers.Split(',').Select((server, i) => $"--Kafka:Servers:{i}={server}"),
        .. topics.Select((topic, i) => $"--Kafka:Topics:{i}={topic}"),
    ];

    /// <summary>Takes all brokers away, or brings them back.</summary>
    public void SetDown(bool isDown)
    {
        for (var broker = 1; broker <= BrokerCount; broker++)
            if (isDown) Native.SetDown(_cluster, broker);
            else Native.SetUp(_cluster, broker);
    }

    /// <summary>Publishes messages, each to its partition.</summary>
    public async Task Publish(string topic, params (int Partition, string Value, Headers? Headers)[] messages)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = Servers }).Build();
        foreach (var (partition, value, headers) in messages)
            await producer.ProduceAsync(
                new TopicPartition(topic, partition),
                new Message<byte[], byte[]> { Key = "key"u8.ToArray(), Value = Encoding.UTF8.GetBytes(value), Headers = headers ?? [] });
    }

    /// <summary>Returns the committed offset of a partition.</summary>
    public long Committed(string topic, int partition)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig { BootstrapServers = Servers, GroupId = "scoring-bridge" }).Build();
        return consumer.Committed([new TopicPartition(topic, partition)], TimeSpan.FromSeconds(10))[0].Offset.Value;
    }

    /// <summary>Reads messages of a topic from its beginning.</summary>
    public IReadOnlyList<Message<byte[], byte[]>> Messages(string topic, int count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig { BootstrapServers = Servers, GroupId = "tests", AutoOffsetReset = AutoOffsetReset.Earliest }).Build();
        consumer.Assign(Enumerable.Range(0, 2).Select(i => new TopicPartitionOffset(topic, i, Offset.Beginning)));
        var all = new List<Message<byte[], byte[]>>();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (all.Count < count) all.Add(consumer.Consume(timeout.Token).Message);
        return all;
    }

    public void Dispose()
    {
        Native.Destroy(_cluster);
        Native.Close(_client);
    }

    private static partial class Native
    {
        [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
        public static partial IntPtr NewConf();

        [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
        public static partial IntPtr New(int type, IntPtr conf, [Out] byte[] error, nint errorLength);

        [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
        public static partial void Close(IntPtr client);

        [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
        public static partial IntPtr NewCluster(IntPtr client, int brokers);

        [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
        public static partial void Destroy(IntPtr cluster);

        [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
        public static partial IntPtr Bootstraps(IntPtr cluster);

        [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
        public static partial int CreateTopic(IntPtr cluster, string topic, int partitions, int replicas);

        [LibraryImport(Library, EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
        public static partial void SetRebalanceDelay(IntPtr cluster, int milliseconds);

        [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
        public static partial int SetDown(IntPtr cluster, int broker);

        [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
        public static partial int SetUp(IntPtr cluster, int broker);
    }
}
