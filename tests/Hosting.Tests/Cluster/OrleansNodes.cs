using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Scoring.Cluster;

/// <summary>
/// Runs a silo and clients of Orleans in this process, on TCP ports of the loopback address, each with its own certificate.
/// </summary>
internal sealed class OrleansNodes : IAsyncDisposable
{
    /// <summary>A setting by which a node starts with a certificate that the check at its start would refuse.</summary>
    public const string Unchecked = "Unchecked";

    private readonly int _silo = FreePort();
    private readonly int _gateway = FreePort();
    private readonly CancellationTokenSource _end = new();
    private readonly List<IHost> _hosts = [];
    private readonly HashSet<IHost> _started = [];

    /// <summary>Starts the silo.</summary>
    public async Task<IHost> StartSilo(params (string Name, string Value)[] tls)
    {
        var builder = Builder(tls);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(_silo, _gateway)
            .ConfigureEndpoints(IPAddress.Loopback, _silo, _gateway, listenOnAnyHostAddress: false)
            .UseMutualTls(builder.Environment, IPAddress.Loopback));
        var host = Build(builder, tls);
        await host.StartAsync(_end.Token);
        lock (_started) _started.Add(host);
        return host;
    }

    /// <summary>Makes a client of the silo.</summary>
    public IHost Client(params (string Name, string Value)[] tls)
    {
        var builder = Builder(tls);
        builder.UseOrleansClient(client => client
            .UseLocalhostClustering(_gateway)
            .UseMutualTls(builder.Environment)
            .UseConnectionRetryFilter((_, _) => Task.FromResult(true)));
        return Build(builder, tls);
    }

    /// <summary>Starts a client, which connects until it succeeds, and asks the cluster how many silos are active.</summary>
    public async Task<int> CallFrom(IHost client)
    {
        await client.StartAsync(_end.Token);
        lock (_started) _started.Add(client);
        return (await client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count;
    }

    /// <summary>Waits until a node has logged that it refused the other side of a connection.</summary>
    public static Task Refused(IHost node) => node.Services.GetRequiredService<RefusalWaiter>().Refused;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            if (_started.Contains(host)) await host.StopAsync();
            host.Dispose();
        }
        _end.Dispose();
    }

    private static HostApplicationBuilder Builder((string Name, string Value)[] tls)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(
            tls.Select(one => KeyValuePair.Create($"{ClusterTlsOptions.Section}:{one.Name}", (string?)one.Value)));
        builder.Services.AddSingleton<RefusalWaiter>().AddSingleton<ILoggerProvider>(p => p.GetRequiredService<RefusalWaiter>());
        return builder;
    }

    private IHost Build(HostApplicationBuilder builder, (string Name, string Value)[] tls)
    {
        if (tls.Any(one => one.Name == Unchecked)) builder.Services.RemoveAll<IValidateOptions<ClusterTlsOptions>>();
        var host = builder.Build();
        _hosts.Add(host);
        return host;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits for the line of Orleans that says that a handshake failed.</summary>
    private sealed class RefusalWaiter : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Refused => _refused.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> text)
        {
            if (text(state, exception) == "Authentication failed") _refused.TrySetResult();
        }

        public void Dispose()
        {
        }
    }
}
