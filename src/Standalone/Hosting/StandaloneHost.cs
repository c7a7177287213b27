using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Scoring.Authentication;
using Scoring.Development;
using Scoring.Erasures;
using Scoring.Keys;
using Scoring.Limits;
using Scoring.Postgres;

namespace Scoring.Hosting;

/// <summary>
/// Runs silo and gateway in one process on an embedded PostgreSQL. In Development the issuer, the sources and the services are synthetic.
/// </summary>
public static class StandaloneHost
{
    /// <summary>
    /// Runs until Ctrl-C or SIGTERM. Returns the exit code of the process: 0 after a normal stop, 1 when the start fails.
    /// </summary>
    public static async Task<int> Run(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = arguments, ApplicationName = typeof(StandaloneHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        var options = builder.Configuration.GetSection(StandaloneOptions.Section).Get<StandaloneOptions>() ?? new StandaloneOptions();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        if (FindStartProblem(builder, options) is { } problem) return await Fail(problem);

        using var logs = LoggerFactory.Create(logging =>
            logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        using var stop = new StopSignals();
        var folder = new StandaloneFolder(options.DataFolder);
        if (FolderEnvironment.Claim(folder, builder.Environment.IsDevelopment()) is { } conflict) return await Fail(conflict);
        try
        {
            var settings = builder.Configuration.GetSection("Postgres").Get<EmbeddedPostgresOptions>() ?? new EmbeddedPostgresOptions();
            settings.DataFolder = folder.Postgres;
            await using var postgres = await EmbeddedPostgres.Start(settings, logs.CreateLogger<EmbeddedPostgres>(), stop.Token);
            await Serve(builder, options, folder, postgres.ConnectionString, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is EmbeddedPostgresException or PlatformKeyFileException or ErasureListException
            || exception.InnerException is AddressInUseException)
        {
            return await Fail(exception.Message);
        }
    }

    private static async Task<int> Fail(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return 1;
    }

    private static async Task Serve(
        WebApplicationBuilder builder, StandaloneOptions options, StandaloneFolder folder, string connection,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.Keys)) PlatformKeyFile.Create(folder.Keys);
        PlatformKeyFile.AddCheckpointKey(folder.Keys);
        var city = builder.Environment.IsDevelopment() ? DevelopmentCity.Open(folder.DevelopmentKeys) : null;
        builder.Configuration.AddInMemoryCollection(Settings(builder, options, folder, connection, city));
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port}"));
        builder.AddScoringSilo(builder.Configuration);
        builder.Services.Configure<GatewayLimits>(limits => limits.CallAttemptsMax = 1); // there is no other silo
        builder.Services.AddScoringGateway(builder.Configuration);

        await using var app = builder.Build();
        app.MapScoringGateway();
        await app.StartAsync(cancellationToken);
        if (city is not null) WriteStartupMessage(app, options, folder, city);
        await using var stopRegistration = cancellationToken.Register(app.Lifetime.StopApplication);
        await app.WaitForShutdownAsync(CancellationToken.None);
    }

    private static Dictionary<string, string?> Settings(
        WebApplicationBuilder builder, StandaloneOptions options, StandaloneFolder folder, string connection, DevelopmentCity? city)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = connection,
            ["Keys:File"] = folder.Keys,
            ["Erasures:Folder"] = Directory.CreateDirectory(folder.Erasures).FullName,
            ["Cluster:Clustering"] = "Alone",
        };
        if (city is null) return settings;
        var lastDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(364);
        PrivateFile.Write(folder.Registrations, city.Registrations(lastDay));
        settings["Programmes:Registrations"] = folder.Registrations;
        settings["Participants:Installation"] = DevelopmentCity.Installation;
        settings["Gateway:Tokens:Issuer"] = DevelopmentCity.Issuer;
        settings["Gateway:Tokens:Audience"] = DevelopmentCity.Audience;
        settings["Gateway:Tokens:Jwks"] = city.KeySet;
        if (options.DevelopmentClock) settings["Scoring:Clock:File"] = folder.Clock;
        return settings;
    }

    private static void WriteStartupMessage(WebApplication app, StandaloneOptions options, StandaloneFolder folder, DevelopmentCity city)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var keys = app.Services.GetRequiredService<PlatformKeys>();
        var file = new StandaloneFileWriter(folder.Root, city, new DevelopmentTokenIssuer(city, TimeProvider.System));
        file.Write(address, options.DevelopmentClock ? folder.Clock : null, keys.TestGrant);
        StartupMessage.Write(Console.Out, address, file);
    }

    private static string? FindStartProblem(WebApplicationBuilder builder, StandaloneOptions options)
    {
        var tokens = builder.Configuration.GetSection(TokenOptions.Section).Get<TokenOptions>() ?? new TokenOptions();
        if (!builder.Environment.IsDevelopment() && tokens is { Authority: "", Jwks: "", JwksFile: "" })
            return "The development issuer is for Development only. Set DOTNET_ENVIRONMENT=Development, or configure the real issuer in "
                + "Gateway:Tokens (Authority, or Issuer with Jwks).";
        if (options.Port != 0 && !IsFree(options.Port))
            return $"Port {options.Port} is in use on this machine. Choose another port with --Standalone:Port=N.";
        return null;
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
