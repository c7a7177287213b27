using Scoring.Cluster;
using Scoring.Health;
using Scoring.Receipts;
using Scoring.Settings;
using Scoring.Signals;
using Scoring.Supervision;

namespace Scoring.Hosting;

/// <summary>The process of a silo.</summary>
internal static class SiloProcess
{
    /// <summary>The assemblies whose options a silo reads.</summary>
    private static readonly System.Reflection.Assembly[] Settings =
    [
        typeof(SiloProcess).Assembly, typeof(GrainMetrics).Assembly, typeof(PrivacyNoticeOptions).Assembly,
        typeof(ClusterTlsOptions).Assembly, typeof(TelemetryOptions).Assembly,
    ];

    /// <summary>Runs a silo until it is stopped. Returns the exit code: 1 when the folder of secrets cannot be read.</summary>
    public static async Task<int> Run(string[] arguments)
    {
        var builder = Host.CreateApplicationBuilder(arguments);
        if (!builder.Configuration.TryAddSecrets(Console.Error)) return 1;
        Register(builder);
        builder.AddSystemdSupervision(services => services.GetRequiredService<HealthListener>().Address);
        await builder.Build().RunAsync();
        return Environment.ExitCode;
    }

    /// <summary>Prints every mistake of the configuration. Returns the exit code.</summary>
    public static int CheckConfig(string[] settings, TextWriter output) =>
        new CheckConfigCommand("Scoring.Silo", new ConfigurationCheck(Settings), output).Run(
            settings, arguments => Host.CreateApplicationBuilder(arguments), Register);

    private static void Register(HostApplicationBuilder builder)
    {
        builder.AddTelemetry("scoring-silo");
        builder.AddProcessHealth("silo", drains: false);
        builder.AddScoringSilo(builder.Configuration);
    }
}
