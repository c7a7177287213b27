using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Scoring.Bridge.Commands;
using Scoring.Bridge.Health;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge;

/// <summary>A bridge in this process, in front of a fake platform.</summary>
internal sealed class RunningBridge : IAsyncDisposable
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);

    private readonly Composition _bridge;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private bool _isStopped;

    private RunningBridge(BridgeSettings settings, HttpMessageHandler platform, Lines lines)
    {
        Log = lines;
        _bridge = Composition.Create(
            settings, LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(lines)), TimeProvider.System,
            platform);
        _running = _bridge.Run(_stop.Token);
    }

    /// <summary>Everything that was logged.</summary>
    public Lines Log { get; }

    public BridgeMetrics Metrics => _bridge.Metrics;

    public Task Running => _running;

    /// <summary>Starts a bridge.</summary>
    public static RunningBridge Start(HttpMessageHandler platform, params string[] settings) =>
        new(Settings(settings), platform, new Lines());

    /// <summary>Returns settings that do not wait for long, with these on top.</summary>
    public static BridgeSettings Settings(params string[] settings)
    {
        var token = Path.Combine(AppContext.BaseDirectory, "test-token");
        if (!File.Exists(token)) File.WriteAllText(token, "token-of-the-tests");
        return BridgeSettings.Read(new ConfigurationBuilder().AddCommandLine(
        [
            "--Platform:Addresses:0=http://127.0.0.1:1", $"--Platform:TokenFile={token}", "--Platform:AttemptsMax=1",
            "--Batches:BackoffSecondsMax=1", "--Batches:LingerMs=5", "--Folder:PollSeconds=0.1", .. settings,
        ]).Build());
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task Until(Func<bool> holds, string what, Lines? lines = null)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var timeout = new CancellationTokenSource(WaitMax);
        while (!holds())
        {
            try
            {
                await pause.WaitForNextTickAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"This did not come about: {what}. The bridge says:\n{lines?.Text}");
            }
        }
    }

    /// <summary>Waits until so many events are carried.</summary>
    public Task Carried(long count) => Until(
        () => _running.IsFaulted || Metrics.CarriedTotal >= count, $"{count} events are carried", Log);

    /// <summary>Stops it as SIGTERM does.</summary>
    public async Task Stop()
    {
        if (_isStopped) return;
        _isStopped = true;
        await _stop.CancelAsync();
        try
        {
            await _running.WaitAsync(WaitMax);
        }
        finally
        {
            await _bridge.DisposeAsync();
            _stop.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await Stop();

    /// <summary>Keeps what is logged.</summary>
    internal sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _all = new();

        public string Text => string.Join('\n', _all);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _all.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
