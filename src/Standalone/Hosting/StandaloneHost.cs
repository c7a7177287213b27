using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Scoring.Authentication;
using Scoring.Development;
using Scoring.Erasures;
using Scoring.Keys;
using Scoring.Limits;
using Scoring.Postgres;
using Scoring.Signals;
using Scoring.Tokens;

namespace Scoring.Hosting;

/// <summary>
/// Runs silo, gateway and portal in one process on an embedded PostgreSQL. In Development the issuer, the sources and the services are
/// synthetic.
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
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
            return await Fail(string.Join('\n', faults.Select(fault => fault.ErrorMessage)));
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
            or ValidationException || exception.InnerException is AddressInUseException)
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
        builder.AddTelemetry("scoring-standalone"); // before the issuer: what it exports is decided for the process
        if (!File.Exists(folder.Keys)) PlatformKeyFile.Create(folder.Keys);
        PlatformKeyFile.AddCheckpointKey(folder.Keys);
        var city = builder.Environment.IsDevelopment() ? DevelopmentCity.Open(folder.DevelopmentKeys) : null;
        await using var issuer = city is null ? null : await StartIssuer(builder, city, cancellationToken);
        builder.Configuration.AddInMemoryCollection(Settings(folder, connection));
        if (options.Portal && StandalonePortal.KnownAddress(StandalonePortal.Options(builder.Configuration)) is { } known)
            builder.Configuration["Gateway:About:Portal"] = known;
        if (city is not null) builder.Configuration.AddInMemoryCollection(DevelopmentSettings(options, folder, city, issuer!));
        builder.WebHost.UseUrls($"http://{new IPEndPoint(options.Listen, options.Port)}");
        builder.AddScoringSilo(builder.Configuration);
        builder.Services.Configure<GatewayLimits>(limits => limits.CallAttemptsMax = 1); // there is no other silo
        builder.Services.AddScoringGateway(builder.Configuration);

        await using var app = builder.Build();
        app.MapScoringGateway();
        await app.StartAsync(cancellationToken);
        var address = AddressOf(app, options);
        await using var portal = options.Portal
            ? await StandalonePortal.Start(builder, address, city, issuer, cancellationToken)
            : null;
        if (city is not null) WriteStartupMessage(app, options, folder, city, address, issuer!.Address, portal?.Address);
        await using var stopRegistration = cancellationToken.Register(app.Lifetime.StopApplication);
        await app.WaitForShutdownAsync(CancellationToken.None);
    }

    private static Task<DevelopmentIssuerHost> StartIssuer(
        WebApplicationBuilder builder, DevelopmentCity city, CancellationToken cancellationToken)
    {
        // The gateway fetches the issuer's keys from this machine, where no proxy leads.
        builder.Services.Configure<JwtBearerOptions>(
            JwtBearerDefaults.AuthenticationScheme, bearer => bearer.BackchannelHttpHandler = new SocketsHttpHandler { UseProxy = false });
        return DevelopmentIssuerHost.Start(
            builder.Environment, IssuerOptions(builder), city.Issuer, TimeProvider.System, cancellationToken);
    }

    private static Dictionary<string, string?> Settings(StandaloneFolder folder, string connection) => new()
    {
        ["Storage:ConnectionString"] = connection,
        ["Keys:File"] = folder.Keys,
        ["Erasures:Folder"] = Directory.CreateDirectory(folder.Erasures).FullName,
        ["Cluster:Clustering"] = "Alone",
    };

    private static Dictionary<string, string?> DevelopmentSettings(
        StandaloneOptions options, StandaloneFolder folder, DevelopmentCity city, DevelopmentIssuerHost issuer)
    {
        var lastDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(364);
        PrivateFile.Write(folder.Registrations, city.Registrations(lastDay, issuer.LinkUri));
        var settings = new Dictionary<string, string?>
        {
            ["Programmes:Registrations"] = folder.Registrations,
            ["Participants:Installation"] = DevelopmentCity.Installation,
            ["Gateway:Tokens:Authority"] = issuer.Address.AbsoluteUri,
            ["Gateway:Tokens:RequireHttps"] = "false",
            ["Gateway:Tokens:Issuer"] = "",
            ["Gateway:Tokens:Audience"] = ReadyTokens.Audience,
            ["Gateway:Tokens:Jwks"] = "",
            ["Gateway:Tokens:JwksFile"] = "",
        };
        if (options.DevelopmentClock) settings["Scoring:Clock:File"] = folder.Clock;
        return settings;
    }

    private static string AddressOf(WebApplication app, StandaloneOptions options)
    {
        var listens = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        // Clients of this machine read the address from a file; every address of the machine includes the loopback address.
        return options.Listen.Equals(IPAddress.Any) || options.Listen.Equals(IPAddress.IPv6Any)
            ? $"http://127.0.0.1:{listens.Port}"
            : listens.GetLeftPart(UriPartial.Authority);
    }

    private static void WriteStartupMessage(
        WebApplication app, StandaloneOptions options, StandaloneFolder folder, DevelopmentCity city, string address, Uri issuer,
        Uri? portal)
    {
        var keys = app.Services.GetRequiredService<PlatformKeys>();
        var file = new StandaloneFileWriter(folder.Root, city, new ReadyTokens(issuer.AbsoluteUri, city.Issuer, TimeProvider.System));
        file.Write(new StandaloneAddresses(address, portal), options.DevelopmentClock ? folder.Clock : null, keys.TestGrant);
        StartupMessage.Write(Console.Out, address, issuer, portal, file);
    }

    private static string? FindStartProblem(WebApplicationBuilder builder, StandaloneOptions options)
    {
        var tokens = builder.Configuration.GetSection(TokenOptions.Section).Get<TokenOptions>() ?? new TokenOptions();
        if (!builder.Environment.IsDevelopment() && tokens is { Authority: "", Jwks: "", JwksFile: "" })
            return "The development issuer is for Development only. Set DOTNET_ENVIRONMENT=Development, or configure the real issuer in "
                + "Gateway:Tokens (Authority, or Issuer with Jwks).";
        var isDevelopment = builder.Environment.IsDevelopment();
        if (!isDevelopment && builder.Configuration.GetSection(DevelopmentIssuerOptions.Section).Exists())
            return "The development issuer is for Development only. Remove the settings DevelopmentIssuer.";
        if (!IsFree(options.Listen, options.Port)) return InUse(options.Port, StandaloneOptions.Section);
        var issuerPort = IssuerOptions(builder).Port;
        if (isDevelopment && !IsFree(IPAddress.Loopback, issuerPort)) return InUse(issuerPort, DevelopmentIssuerOptions.Section);
        var portal = StandalonePortal.Options(builder.Configuration);
        if (options.Portal && IPAddress.TryParse(portal.Address, out var listen) && !IsFree(listen, portal.Port))
            return InUse(portal.Port, PortalOptions.Section);
        return null;
    }

    private static DevelopmentIssuerOptions IssuerOptions(WebApplicationBuilder builder) =>
        builder.Configuration.GetSection(DevelopmentIssuerOptions.Section).Get<DevelopmentIssuerOptions>() ?? new();

    private static string InUse(int port, string section) =>
        $"Port {port} is in use on this machine. Choose another port with --{section}:Port=N.";

    private static bool IsFree(IPAddress address, int port)
    {
        if (port == 0) return true;
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            probe.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
