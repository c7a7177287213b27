using System.Diagnostics;
using System.Reflection;
using Scoring.City;
using Scoring.City.Demos;
using Scoring.City.Platform;

namespace Scoring.Testing;

/// <summary>
/// The platform inside this process, started by its own entry point on a scratch folder, so that its counters can be heard. The folder is
/// gone when this is disposed.
/// </summary>
public sealed class InProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyMax = TimeSpan.FromSeconds(120);

    private const string LogsToStandardError = "--Logging:Console:LogToStandardErrorThreshold=Trace"; // stdout is for the result

    private readonly string _scratch;
    private readonly Task _running;

    private InProcess(string scratch, Task running, IHost host)
    {
        _scratch = scratch;
        _running = running;
        Services = host.Services;
    }

    /// <summary>What the platform is made of.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Where everything of it lies.</summary>
    public string Folder => _scratch;

    /// <summary>Where the platform says where it is.</summary>
    public StandaloneFile Standalone => StandaloneFile.Read(StandaloneSettings.FileOf(_scratch));

    /// <summary>Starts it, and waits until it is ready.</summary>
    /// <exception cref="CityException">It does not get ready.</exception>
    public static async Task<InProcess> Start(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Development");
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Development");
        var scratch = Directory.CreateTempSubdirectory("scoring-bench-").FullName;
        var built = new HostBuilt();
        using var hearing = DiagnosticListener.AllListeners.Subscribe(built);
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
        var platform = new InProcess(scratch, running, await built.Host);
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
            Directory.Delete(_scratch, recursive: true);
        }
    }

    private async Task Ready(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ReadyMax);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (true)
        {
            if (_running.IsCompleted) await _running;
            try
            {
                if (File.Exists(StandaloneSettings.FileOf(_scratch)))
                {
                    using var answer = await http.GetAsync(new Uri(Standalone.Address, "/health/ready"), patience.Token);
                    if (answer.IsSuccessStatusCode) return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet: asked again until patience ends.
            }
            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary>Hears of the host that an entry point builds, as test servers do.</summary>
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
            if (value is { Key: "HostBuilt", Value: IHost host }) _host.TrySetResult(host);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error) => _host.TrySetException(error);
    }
}
