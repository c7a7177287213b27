using System.Diagnostics;
using System.Reflection;
using Scoring.City;
using Scoring.City.Demos;
using Scoring.City.Platform;

namespace Scoring.Testing;

/// <summary>
/// Runs the platform inside this process, by its own entry point, on a temporary folder, so that a listener in this process receives its
/// metrics. Disposal deletes the folder, unless it was given.
/// </summary>
public sealed class InProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyMax = TimeSpan.FromSeconds(120);

    private const string LogsToStandardError = "--Logging:Console:LogToStandardErrorThreshold=Trace"; // stdout is for the result

    private readonly string _scratch;
    private readonly bool _isKept;
    private readonly Task _running;

    private InProcess(string scratch, bool isKept, Task running, IHost host)
    {
        _scratch = scratch;
        _isKept = isKept;
        _running = running;
        Services = host.Services;
    }

    /// <summary>The platform's services.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The folder of all files of the platform.</summary>
    public string Folder => _scratch;

    /// <summary>The file in which the platform writes its address and tokens.</summary>
    public StandaloneFile Standalone => StandaloneFile.Read(StandaloneSettings.FileOf(_scratch));

    /// <summary>Starts the platform and waits until it is ready.</summary>
    /// <param name="settings">Settings of the platform, as <c>--Section:Name=value</c>.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <param name="folder">The folder of an earlier start or an empty one, which is kept; by default a new one.</param>
    /// <exception cref="CityException">The platform ended before it was ready.</exception>
    public static async Task<InProcess> Start(
        IReadOnlyList<string> settings, CancellationToken cancellationToken, string? folder = null)
    {
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Development");
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Development");
        var scratch = folder ?? Directory.CreateTempSubdirectory("scoring-bench-").FullName;
        File.Delete(StandaloneSettings.FileOf(scratch)); // an earlier start had another address
        var built = new HostBuilt();
        using var subscription = DiagnosticListener.AllListeners.Subscribe(built);
        string[] arguments = [.. StandaloneSettings.Arguments(scratch, developmentClock: false), LogsToStandardError, .. settings];
        var entry = Assembly.Load("Scoring.Standalone").EntryPoint!;
        var running = Task.Factory.StartNew(
            () => entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (await Task.WhenAny(built.Host, running).WaitAsync(ReadyMax, cancellationToken) == running)
        {
            await running;
            throw new CityException("The platform ended at its start.");
        }
        var platform = new InProcess(scratch, folder is not null, running, await built.Host);
        await platform.Ready(cancellationToken);
        return platform;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        try
        {
            await _running;
        }
        finally
        {
            if (!_isKept) Directory.Delete(_scratch, recursive: true);
        }
    }

    private async Task Ready(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ReadyMax);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (true)
        {
            if (_running.IsCompleted) await _running;
            try
            {
                if (File.Exists(StandaloneSettings.FileOf(_scratch)))
                {
                    using var answer = await http.GetAsync(new Uri(Standalone.Address, "/health/ready"), timeout.Token);
                    if (answer.IsSuccessStatusCode) return;
                }
            }
            catch (HttpRequestException)
            {
                // The platform does not listen yet: the next poll follows until the time-out.
            }
            await Task.Delay(100, timeout.Token);
        }
    }

    /// <summary>Receives the host that an entry point builds, as test servers do.</summary>
    private sealed class HostBuilt : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private readonly TaskCompletionSource<IHost> _host = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IHost> Host => _host.Task;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting") value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            // The development issuer is a host of its own, and is built first.
            if (value is { Key: "HostBuilt", Value: IHost host } && IsPlatform(host))
                _host.TrySetResult(host);
        }

        private static bool IsPlatform(IHost host) =>
            host.Services.GetRequiredService<IHostEnvironment>().ApplicationName == "Scoring.Standalone";

        public void OnCompleted()
        {
        }

        public void OnError(Exception error) => _host.TrySetException(error);
    }
}
