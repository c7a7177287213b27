using Microsoft.Extensions.Logging;
using Scoring.Bridge.Carriage;
using Scoring.Bridge.DeadLetters;
using Scoring.Bridge.Folders;
using Scoring.Bridge.Health;
using Scoring.Bridge.Kafka;
using Scoring.Bridge.Mqtt;
using Scoring.Bridge.Settings;
using Scoring.Bridge.Tokens;
using Scoring.Client;

namespace Scoring.Bridge.Commands;

/// <summary>The parts of a bridge, put together from its settings.</summary>
internal sealed partial class Composition : IAsyncDisposable
{
    private readonly BridgeSettings _settings;
    private readonly ILogger<Composition> _log;
    private readonly HttpClient _issuer = new() { Timeout = Timeout.InfiniteTimeSpan }; // each call has its own limit
    private readonly ScoringClient _client;
    private readonly IEventSource _source;
    private readonly EventBuffer _buffer;
    private readonly Carrier _carrier;
    private readonly Pace _pace;
    private readonly TimeProvider _time;
    private Expiry _expiry = null!;

    private Composition(BridgeSettings settings, ILoggerFactory logs, TimeProvider time, HttpMessageHandler? platform)
    {
        _settings = settings;
        _time = time;
        _log = logs.CreateLogger<Composition>();
        _client = new ScoringClient(ClientOptions(), platform);
        _source = Source(logs);
        _buffer = new EventBuffer(settings.Buffer, settings.Batches, time);
        _pace = new Pace(
            TimeSpan.FromSeconds(settings.Batches.BackoffSecondsMax), TimeSpan.FromSeconds(settings.Platform.RetryAfterSecondsMax), time);
        var sender = new BatchSender(_client.Events, _pace, Metrics, logs.CreateLogger<BatchSender>());
        _carrier = new Carrier(
            _source, _buffer, sender, settings.Batches.ParallelMax, TimeSpan.FromSeconds(settings.Bridge.StopSecondsMax));
        Metrics.Watch(() => _source.Lag, () => _buffer.Count);
    }

    /// <summary>What the bridge counts.</summary>
    public BridgeMetrics Metrics { get; } = new();

    /// <summary>Puts a bridge together.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="logs">Where it logs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="platform">Sends requests to the platform; by default over the network.</param>
    /// <exception cref="SettingsException">The folder cannot be used.</exception>
    public static Composition Create(
        BridgeSettings settings, ILoggerFactory logs, TimeProvider time, HttpMessageHandler? platform = null) =>
        new(settings, logs, time, platform);

    /// <summary>Carries until it is cancelled.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var health = new HealthFile(_settings.Bridge, Health, _time);
        LogStarted(_settings.Bridge.From!.Value);
        Task[] work = [_carrier.Run(ending.Token), _expiry.Run(ending.Token), .. HealthRun()];
        await Task.WhenAny(work);
        await ending.CancelAsync();
        try
        {
            await Task.WhenAll(work);
        }
        catch (OperationCanceledException)
        {
            // by the stop
        }
        LogStopped(Metrics.CarriedTotal, Metrics.RefusedTotal);

        IEnumerable<Task> HealthRun() => _settings.Bridge.HealthFile.Length > 0 ? [health.Run(ending.Token)] : [];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _client.Dispose();
        _issuer.Dispose();
        Metrics.Dispose();
    }

    private BridgeHealth Health() => new(
        _pace.IsHolding ? "waiting" : "carrying", Metrics.CarriedTotal, Metrics.RefusedTotal, Metrics.RetriedTotal, _source.Lag,
        _buffer.Count, _time.GetUtcNow());

    private ScoringClientOptions ClientOptions() => new()
    {
        Addresses = [.. _settings.Platform.Addresses],
        AccessToken = SourceTokens.Create(_settings.Platform, _issuer, _time),
        AttemptsMax = _settings.Platform.AttemptsMax,
        AttemptTimeout = TimeSpan.FromSeconds(_settings.Platform.AnswerSecondsMax),
        RetryAfterMax = TimeSpan.FromSeconds(_settings.Platform.RetryAfterSecondsMax),
    };

    private IEventSource Source(ILoggerFactory logs)
    {
        var days = _settings.DeadLetters.Days;
        switch (_settings.Bridge.From)
        {
            case Origin.Folder:
                var folder = new SourceFolder(_settings.Folder.Path, _time);
                _expiry = Expiry((folder.Dead, days), (folder.Done, _settings.Folder.DoneDays));
                return new FolderSource(_settings, folder, _time, logs.CreateLogger<FolderSource>());
            case Origin.Kafka:
                _expiry = Expiry(); // Kafka lets its topics expire
                return new KafkaSource(_settings, _time, logs.CreateLogger<KafkaSource>());
            default:
                _expiry = Expiry((PrivateFiles.Folder(_settings.DeadLetters.Folder), days));
                return new MqttSource(
                    _settings, new DayFiles(_settings.DeadLetters.Folder, _time), _time, logs.CreateLogger<MqttSource>());
        }

        Expiry Expiry(params (string, int)[] folders) => new(folders, _time, logs.CreateLogger<Expiry>());
    }

    [LoggerMessage(7501, LogLevel.Information, "The bridge starts. Events come from: {From}")]
    private partial void LogStarted(Origin from);

    [LoggerMessage(7502, LogLevel.Information, "The bridge has stopped. Carried {Carried}, dead letters {Refused}")]
    private partial void LogStopped(long carried, long refused);
}
