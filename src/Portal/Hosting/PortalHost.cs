using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Scoring.Health;
using Scoring.Settings;
using Scoring.Signals;
using Scoring.Supervision;

namespace Scoring.Hosting;

/// <summary>
/// Runs the portal with its own services and its own port: as a process, or inside one that runs the platform too. It reaches the platform
/// over HTTP alone.
/// </summary>
public sealed class PortalHost : IAsyncDisposable
{
    private const string Service = "scoring-portal";

    private readonly WebApplication _app;

    private PortalHost(WebApplication app) => _app = app;

    /// <summary>The address that the portal listens on.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Runs the portal as a process until it is stopped. Returns its exit code: 1 when a setting is wrong.</summary>
    public static async Task<int> Run(string[] arguments)
    {
        var builder = Builder(arguments);
        try
        {
            builder.Configuration.AddSecrets();
            Register(builder);
            builder.AddSystemdSupervision(HealthAddress.OfServer);
            var options = Options(builder.Configuration);
            await using var app = Build(builder, options, TimeProvider.System);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (exception is ValidationException or SecretsFolderException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <summary>Prints every mistake of the configuration of a portal's process. Returns the exit code.</summary>
    public static int CheckConfig(string[] settings, TextWriter output) =>
        new CheckConfigCommand("Scoring.Portal", new ConfigurationCheck(typeof(PortalHost).Assembly, typeof(TelemetryOptions).Assembly)
        {
            Further = configuration => Options(configuration).FindFaults(),
        }, output).Run(settings, Builder, Register);

    /// <summary>Starts the portal inside another process. It answers when this returns.</summary>
    /// <exception cref="ValidationException">A setting is missing or outside its range.</exception>
    public static async Task<PortalHost> Start(
        IHostEnvironment environment, IConfiguration configuration, PortalOptions options, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            EnvironmentName = environment.EnvironmentName, ApplicationName = typeof(PortalHost).Assembly.GetName().Name,
        });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        // Spans and metrics are exported for the whole process, logs for its services.
        builder.Logging.AddConfiguration(configuration.GetSection("Logging")).AddConsole().ExportLogs(configuration, Service);
        builder.Services.AddOwnTraces().Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        var host = new PortalHost(Build(builder, options, time));
        try
        {
            await host._app.StartAsync(cancellationToken);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
        return host;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Register(WebApplicationBuilder builder)
    {
        builder.AddTelemetry(Service);
        builder.AddProcessHealth("portal", drains: true);
    }

    private static WebApplicationBuilder Builder(string[] arguments) => WebApplication.CreateBuilder(
        new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });

    private static PortalOptions Options(IConfiguration configuration) =>
        configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new PortalOptions();

    private static WebApplication Build(WebApplicationBuilder builder, PortalOptions options, TimeProvider time)
    {
        if (options.FindFaults() is { Count: > 0 } faults) throw new ValidationException(string.Join('\n', faults));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.FormBytesMax;
            kestrel.Listen(options.Listen, options.Port);
        });
        // Below this level ASP.NET Core logs addresses and forms of requests.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddFilter("System.Net.Http", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None);
        builder.Services.AddPortal(options, time);
        var app = builder.Build();
        app.MapPortal(options);
        return app;
    }
}
