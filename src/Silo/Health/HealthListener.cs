using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Scoring.Health;

/// <summary>
/// Answers about the silo's health over HTTP. It has a web server of its own, because it answers from the start on: while migrations run,
/// the process lives and is not ready.
/// </summary>
internal sealed class HealthListener(IOptions<HealthOptions> options, SiloReadiness readiness, ILoggerFactory logs) : IHostedService
{
    private WebApplication? _app;

    /// <summary>The address at which it listens; <see langword="null"/> when it does not.</summary>
    public string? Address => _app?.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First();

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Url.Length == 0) return;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs).AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls(options.Value.Url)
            .ConfigureKestrel(server =>
            {
                server.AddServerHeader = false;
                server.Limits.MaxConcurrentConnections = 64;
                server.Limits.MaxRequestBodySize = 0;
            });
        _app = builder.Build();
        _app.MapGet("/health/live", Live);
        _app.MapGet("/health/ready", Ready);
        await _app.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is null) return;
        await _app.StopAsync(cancellationToken);
        await _app.DisposeAsync();
    }

    private static Task Live(HttpContext http) => Answer(http, StatusCodes.Status200OK, """{"status":"live"}""");

    private async Task Ready(HttpContext http)
    {
        var obstacle = await readiness.Obstacle(http.RequestAborted);
        await (obstacle is null
            ? Answer(http, StatusCodes.Status200OK, """{"status":"ready"}""")
            : Answer(http, StatusCodes.Status503ServiceUnavailable, $$"""{"status":"not-ready","obstacle":"{{obstacle}}"}"""));
    }

    private static Task Answer(HttpContext http, int status, string json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(json, http.RequestAborted);
    }
}
