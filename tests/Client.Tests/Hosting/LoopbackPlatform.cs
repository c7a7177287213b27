using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Scoring.Client.Tests.Hosting;

/// <summary>An HTTP server on loopback that answers as one test says.</summary>
internal sealed class LoopbackPlatform : IAsyncDisposable
{
    private readonly WebApplication _server;

    private LoopbackPlatform(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.Single());

    public static async Task<LoopbackPlatform> Start(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(context => answer(context));
        await server.StartAsync();
        return new LoopbackPlatform(server);
    }

    public ScoringClient Client(Action<ScoringClientOptions>? configure = null)
    {
        var options = new ScoringClientOptions { Addresses = { Address }, RetryDelay = TimeSpan.Zero };
        configure?.Invoke(options);
        return new ScoringClient(options);
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();
}
