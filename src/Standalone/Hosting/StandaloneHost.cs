using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Scoring.Development;
using Scoring.Erasures;
using Scoring.Health;
using Scoring.Keys;
using Scoring.Limits;
using Scoring.Postgres;
using Scoring.Settings;
using Scoring.Signals;
using Scoring.Tokens;

namespace Scoring.Hosting;

/// <summary>
/// Runs silo, gateway and portal in one process on an embedded PostgreSQL. In Development the issuer, the sources and the services are
/// synthetic.
/// </summary>
public static class StandaloneHost
{
    private const string HealthUrl = $"{HealthOptions.Section}:{nameof(HealthOptions.Url)}";

    /// <summary>
    /// Runs until Ctrl-C or SIGTERM. Returns the exit code of the process: 0 after a normal stop, 1 when the start fails.
    /// </summary>
    public static async Task<int> Run(string[] arguments)
    {
        var builder = Builder(arguments);
        try
        {
            builder.Configuration.AddSecrets();
        }
        catch (SecretsFolderException exception)
        {
            return await Fail(exception.Message);
        }
        var options = builder.Configuration.GetSection(StandaloneOptions.Section).Get<StandaloneOptions>() ?? new StandaloneOptions();
        if (SettingsSection.FindFaults(StandaloneOptions.Section, options).ToArray() is { Length: > 0 } faults)
            return await Fail(string.Join('\n', faults));
        if (StandaloneCheck.FindProblem(builder.Configuration, builder.Environment) is { } wrong) return await Fail(wrong);
        if (UsedPorts.Find(builder, options, IssuerOptions(builder)) is { } used) return await Fail(used);

        using var logs = LoggerFactory.Create(logging =>
            logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        using var stop = new StopSignals();
        var folder = new StandaloneFolder(options.DataFolder);
        if (FolderEnvironment.Claim(folder, builder.Environment.IsDevelopment()) is { } conflict) return await Fail(conflict);
        try
        {
            var settings = builder.Configuration.GetSection(EmbeddedPostgresOptions.Section).Get<EmbeddedPostgresOptions>() ?? new();
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

    /// <summary>Makes the host of the process, of which nothing is started.</summary>
    internal static WebApplicationBuilder Builder(string[] arguments) => WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = arguments, ApplicationName = typeof(StandaloneHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
    });

    /// <summary>Registers silo and gateway.</summary>
    internal static void Register(WebApplicationBuilder builder)
    {
        builder.AddTelemetry("scoring-standalone");
        builder.AddProcessHealth("standalone", drains: false);
        builder.AddScoringSilo(builder.Configuration);
        builder.Services.AddWatchedFolder(_ => new WatchedFolder(
            "Standalone:DataFolder", builder.Configuration[$"{StandaloneOptions.Section}:{nameof(StandaloneOptions.DataFolder)}"]
                ?? new StandaloneOptions().DataFolder));
        builder.Services.Configure<GatewayLimits>(limits => limits.CallAttemptsMax = 1); // there is no other silo
        builder.Services.AddScoringGateway(builder.Configuration);
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
        if (city is not null) builder.Configuration[HealthUrl] ??= "http://127.0.0.1:0"; // standalone.json names the port
        await using var issuer = city is null ? null : await StartIssuer(builder, city, cancellationToken);
        builder.Configuration.AddInMemoryCollection(Settings(folder, connection));
        if (options.Portal && StandalonePortal.KnownAddress(StandalonePortal.Options(builder.Configuration)) is { } known)
            builder.Configuration["Gateway:About:Portal"] = known;
        if (city is not null) builder.Configuration.AddInMemoryCollection(DevelopmentSettings(options, folder, city, issuer!));
        builder.WebHost.UseUrls($"http://{new IPEndPoint(options.Listen, options.Port)}");
        Register(builder);

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
        var health = app.Services.GetRequiredService<HealthListener>().Address;
        file.Write(new StandaloneAddresses(address, portal, health), options.DevelopmentClock ? folder.Clock : null, keys.TestGrant);
        StartupMessage.Write(Console.Out, address, issuer, portal, file);
    }

    private static DevelopmentIssuerOptions IssuerOptions(WebApplicationBuilder builder) =>
        builder.Configuration.GetSection(DevelopmentIssuerOptions.Section).Get<DevelopmentIssuerOptions>() ?? new();
}
