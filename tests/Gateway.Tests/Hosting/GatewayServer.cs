using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Scoring.Hosting;

/// <summary>Runs the gateway on the real web server and a free port. Its grains are those of the test that currently uses it.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    private static readonly TimeSpan ConnectionsEndMax = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private int _connections;
    private TaskCompletionSource? _unconnected;

    private GatewayServer(FakeCity city, TimeProvider time, (string Key, string Value)[] settings)
    {
        City = city;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:Tokens:Issuer"] = TestGateway.Issuer,
            ["Gateway:Tokens:Jwks"] = TestGateway.Jwks(Key),
            ["Gateway:Limits:EventsTickMs"] = "1",
            ["Gateway:Limits:ScoresTickMs"] = "1",
            ["Gateway:Limits:EventsReleaseMs"] = "0",
            ["Gateway:Limits:RequestsPerSecond"] = "1000000",
            ["Gateway:Limits:RequestsBurst"] = "1000000",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(
                kestrel => kestrel.Listen(IPAddress.Loopback, 0, port => port.Use(next => connection => Count(next, connection))));
        builder.Services.AddRouting().AddSingleton(FakeGrains.To(() => City.Factory)).AddSingleton(time);
        builder.Logging.AddProvider(Log).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddScoringGateway(builder.Configuration);
        _app = builder.Build();
        _app.MapScoringGateway();
    }

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public LogLines Log { get; } = new();

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>The grains behind the gateway.</summary>
    public FakeCity City { get; set; }

    public bool IsStopped { get; private set; }

    public static async Task<GatewayServer> Start(FakeCity city, TimeProvider time, (string Key, string Value)[] settings)
    {
        var server = new GatewayServer(city, time, settings);
        try
        {
            await server._app.StartAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        server.Address = new Uri(
            server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    public Task Stop()
    {
        IsStopped = true;
        return _app.StopAsync();
    }

    /// <summary>Waits until no connection is open, so that no request of a test is under way; false when one stays open.</summary>
    public async Task<bool> Unconnected()
    {
        Task ended;
        lock (_gate)
        {
            if (_connections == 0) return true;
            _unconnected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ended = _unconnected.Task;
        }
        return await Task.WhenAny(ended, Task.Delay(ConnectionsEndMax)) == ended;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Key.Dispose();
    }

    private async Task Count(ConnectionDelegate next, ConnectionContext connection)
    {
        lock (_gate) _connections++;
        try
        {
            await next(connection);
        }
        finally
        {
            lock (_gate)
            {
                if (--_connections == 0) _unconnected?.TrySetResult();
            }
        }
    }
}
