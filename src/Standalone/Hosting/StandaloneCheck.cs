using Scoring.Authentication;
using Scoring.Cluster;
using Scoring.Postgres;
using Scoring.Receipts;
using Scoring.Settings;
using Scoring.Storage;

namespace Scoring.Hosting;

/// <summary>Finds mistakes of the configuration of the platform in one process.</summary>
internal static class StandaloneCheck
{
    private static readonly System.Reflection.Assembly[] Settings =
    [
        typeof(StandaloneCheck).Assembly, typeof(StorageOptions).Assembly, typeof(GrainMetrics).Assembly,
        typeof(PrivacyNoticeOptions).Assembly, typeof(ClusterTlsOptions).Assembly, typeof(TokenOptions).Assembly,
        typeof(PortalOptions).Assembly, typeof(DevelopmentIssuerOptions).Assembly, typeof(Signals.TelemetryOptions).Assembly,
    ];

    /// <summary>Prints every mistake of the configuration. Returns the exit code.</summary>
    public static int Run(string[] settings, TextWriter output)
    {
        var check = new ConfigurationCheck(Settings)
        {
            // What these read is made at a start: the database, its connection string, and the key file.
            Incomplete =
            [
                typeof(StorageOptions), typeof(Keys.KeyOptions), typeof(StandaloneOptions), typeof(EmbeddedPostgresOptions),
                typeof(DevelopmentIssuerOptions),
            ],
            Further = FindPortalFaults,
        };
        return new CheckConfigCommand("Scoring.Standalone", check, output).Run(settings, StandaloneHost.Builder, Register);
    }

    /// <summary>Returns why a process cannot start with its settings; <see langword="null"/> when it can.</summary>
    public static string? FindProblem(IConfiguration configuration, IHostEnvironment environment)
    {
        var tokens = configuration.GetSection(TokenOptions.Section).Get<TokenOptions>() ?? new TokenOptions();
        if (!environment.IsDevelopment() && tokens is { Authority: "", Jwks: "", JwksFile: "" })
            return "The development issuer is for Development only. Set DOTNET_ENVIRONMENT=Development, or configure the real issuer in "
                + "Gateway:Tokens (Authority, or Issuer with Jwks).";
        return !environment.IsDevelopment() && configuration.GetSection(DevelopmentIssuerOptions.Section).Exists()
            ? "The development issuer is for Development only. Remove the settings DevelopmentIssuer."
            : null;
    }

    /// <summary>Registers what a start registers, with values in place of what only a start creates.</summary>
    private static void Register(WebApplicationBuilder builder)
    {
        var problem = FindProblem(builder.Configuration, builder.Environment);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = "made at a start",
            ["Keys:File"] = "made at a start",
            ["Erasures:Folder"] = "made at a start",
            ["Cluster:Clustering"] = "Alone",
        });
        if (builder.Environment.IsDevelopment()) builder.Configuration["Gateway:Tokens:Authority"] = "http://127.0.0.1";
        StandaloneHost.Register(builder);
        if (problem is not null) throw new InvalidOperationException(problem);
    }

    private static IEnumerable<string> FindPortalFaults(IConfiguration configuration)
    {
        var options = StandalonePortal.Options(configuration);
        options.Api = [new Uri("http://127.0.0.1")];
        return configuration.GetSection(StandaloneOptions.Section).GetValue(nameof(StandaloneOptions.Portal), true)
            ? options.FindFaults()
            : [];
    }
}
