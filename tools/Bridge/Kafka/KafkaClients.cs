using Confluent.Kafka;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Kafka;

/// <summary>The configurations of Kafka's clients.</summary>
internal static class KafkaClients
{
    private const int PrefetchKilobytesMax = 16 * 1024;

    /// <summary>
    /// Returns the configuration of the consumer. Offsets are committed in the background, but only those that the bridge stores, which it
    /// does when everything before them is settled.
    /// </summary>
    public static async Task<ConsumerConfig> Consumer(KafkaOptions options, CancellationToken cancellationToken) =>
        await Secure(
            new ConsumerConfig
            {
                GroupId = options.Group,
                EnableAutoCommit = true,
                AutoCommitIntervalMs = 1000,
                SessionTimeoutMs = options.SessionSeconds * 1000,
                HeartbeatIntervalMs = Math.Min(3000, options.SessionSeconds * 1000 / 3),
                EnableAutoOffsetStore = false,
                AutoOffsetReset = AutoOffsetReset.Earliest,
                PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
                QueuedMaxMessagesKbytes = PrefetchKilobytesMax,
                AllowAutoCreateTopics = false,
            },
            options, cancellationToken);

    /// <summary>Returns the configuration of the producer of dead letters: an answer means that every replica in sync has it.</summary>
    public static async Task<ProducerConfig> Producer(KafkaOptions options, CancellationToken cancellationToken) =>
        await Secure(
            new ProducerConfig { Acks = Acks.All, EnableIdempotence = true, LingerMs = 0, MessageTimeoutMs = 30_000 },
            options, cancellationToken);

    /// <summary>Returns the configuration of the client that looks at topics.</summary>
    public static Task<AdminClientConfig> Admin(KafkaOptions options, CancellationToken cancellationToken) =>
        Secure(new AdminClientConfig(), options, cancellationToken);

    private static async Task<T> Secure<T>(T config, KafkaOptions options, CancellationToken cancellationToken)
        where T : ClientConfig
    {
        config.BootstrapServers = string.Join(',', options.Servers);
        config.ClientId = "scoring-bridge";
        config.LogConnectionClose = false;
        config.SecurityProtocol = (options.Tls, options.SignIn) switch
        {
            (true, KafkaSignIn.None) => SecurityProtocol.Ssl,
            (true, _) => SecurityProtocol.SaslSsl,
            (false, KafkaSignIn.None) => SecurityProtocol.Plaintext,
            _ => SecurityProtocol.SaslPlaintext,
        };
        if (options.CaFile.Length > 0) config.SslCaLocation = options.CaFile;
        if (options.CertificateFile.Length > 0)
        {
            config.SslCertificateLocation = options.CertificateFile;
            config.SslKeyLocation = options.KeyFile;
        }
        if (options.SignIn == KafkaSignIn.None) return config;
        config.SaslMechanism = options.SignIn switch
        {
            KafkaSignIn.ScramSha256 => SaslMechanism.ScramSha256,
            KafkaSignIn.ScramSha512 => SaslMechanism.ScramSha512,
            _ => SaslMechanism.Plain,
        };
        config.SaslUsername = options.User;
        config.SaslPassword = await SecretFile.Read(options.PasswordFile, cancellationToken);
        return config;
    }
}
