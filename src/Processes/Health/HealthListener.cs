using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Scoring.Health;

/// <summary>
/// Answers about the process's health over HTTP. It has a web server of its own: it answers from the start on, so that a silo whose
/// migrations run lives and is not ready, and it answers while the process drains. The page for the operator is here alone, not where
/// everyone can ask.
/// </summary>
/// <param name="options">The address.</param>
/// <param name="services">The process's services. Some wait for the schema, so they are asked for when a question comes.</param>
/// <param name="logs">Where the web server logs.</param>
public sealed class HealthListener(IOptions<HealthOptions> options, IServiceProvider services, ILoggerFactory logs) : IHostedService
{
    private const string Json = "application/json";

    private WebApplication? _app;

    /// <summary>The address at which it listens; <see langword="null"/> when it does not.</summary>
    public string? Address => _app?.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First();

    private HealthReports Reports => services.GetRequiredService<HealthReports>();

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Url.Length == 0) return;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs).AddSingleton<IHostLifetime, OwnerLifetime>().AddRoutingCore();
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
        _app.MapGet("/health/detail", http => Detail(http, Json, (page, report) => page.Json(report)));
        _app.MapGet("/health/detail.txt", http => Detail(http, "text/plain; charset=utf-8", (page, report) => page.Text(report)));
        await _app.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is null) return;
        await _app.StopAsync(cancellationToken);
        await _app.DisposeAsync();
    }

    private static Task Live(HttpContext http) => Answer(http, StatusCodes.Status200OK, Json, """{"status":"live"}""");

    private async Task Ready(HttpContext http)
    {
        var obstacle = await Reports.Obstacle(http.RequestAborted);
        await (obstacle is null
            ? Answer(http, StatusCodes.Status200OK, Json, """{"status":"ready"}""")
            : Answer(
                http, StatusCodes.Status503ServiceUnavailable, Json, $$"""{"status":"not-ready","obstacle":"{{obstacle}}"}"""));
    }

    private async Task Detail(HttpContext http, string type, Func<HealthPage, HealthReport, string> write)
    {
        var report = await Reports.All(http.RequestAborted);
        var status = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await Answer(http, status, type, write(services.GetRequiredService<HealthPage>(), report));
    }

    /// <summary>The process ends the listener. A signal to the process is none to the listener, which answers until the end.</summary>
    private sealed class OwnerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static Task Answer(HttpContext http, int status, string type, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
