using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Scoring.Testing;

/// <summary>A collector that takes OTLP, over HTTP or gRPC, and keeps the bytes as they came.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Bytes)> _received = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>The address for <c>Telemetry:Endpoint</c>.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>The headers of the last request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    /// <summary>Every request so far: its path and its body.</summary>
    public IReadOnlyCollection<(string Path, byte[] Bytes)> Received => _received;

    /// <summary>Every span so far.</summary>
    public IReadOnlyList<ExportedSpan> Spans =>
        [.. _received.Where(one => one.Path == "/v1/traces").SelectMany(one => ExportedSpan.Read(one.Bytes))];

    /// <summary>Starts a receiver on a free port.</summary>
    /// <param name="isGrpc">Whether it takes gRPC instead of HTTP.</param>
    public static async Task<OtlpReceiver> Start(bool isGrpc = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = null;
            if (isGrpc) server.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.Run(receiver.Take);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until what was received fulfils a condition.</summary>
    public async Task Until(Func<OtlpReceiver, bool> condition, CancellationToken cancellationToken)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!condition(this)) await beat.WaitForNextTickAsync(cancellationToken);
    }

    /// <summary>Waits until spans and metrics have come that were exported after this call.</summary>
    public async Task UntilNext(CancellationToken cancellationToken)
    {
        var spans = Count("/v1/traces");
        var metrics = Count("/v1/metrics");
        await Until(_ => Count("/v1/traces") > spans + 1 && Count("/v1/metrics") > metrics + 1, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private int Count(string path) => _received.Count(one => one.Path == path);

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        Headers = http.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _received.Enqueue((http.Request.Path.Value!, body.ToArray()));
        if (http.Request.Protocol != "HTTP/2")
        {
            http.Response.ContentType = "application/x-protobuf";
            return;
        }
        http.Response.ContentType = "application/grpc";
        http.Response.DeclareTrailer("grpc-status");
        await http.Response.Body.WriteAsync(new byte[5], http.RequestAborted); // an empty message
        http.Response.AppendTrailer("grpc-status", "0");
    }
}
