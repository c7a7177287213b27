using Scoring.Cluster;
using Scoring.Health;
using Scoring.Settings;
using Scoring.Signals;
using Scoring.Supervision;

namespace Scoring.Hosting;

/// <summary>The process of a gateway.</summary>
internal static class GatewayProcess
{
    /// <summary>Runs a gateway until it is stopped. Returns the exit code: 1 when the folder of secrets cannot be read.</summary>
    public static async Task<int> Run(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        if (!builder.Configuration.TryAddSecrets(Console.Error)) return 1;
        Register(builder);
        builder.AddSystemdSupervision(HealthAddress.OfServer);
        var app = builder.Build();
        app.MapScoringGateway();
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException)
        {
            // The process was stopped before it found the cluster.
        }
        return Environment.ExitCode;
    }

    /// <summary>Prints every mistake of the configuration. Returns the exit code.</summary>
    public static int CheckConfig(string[] settings, TextWriter output) =>
        new CheckConfigCommand(
                "Scoring.Gateway",
                new ConfigurationCheck(
                    typeof(GatewayProcess).Assembly, typeof(ClusterTlsOptions).Assembly, typeof(TelemetryOptions).Assembly),
                output)
            .Run(settings, arguments => WebApplication.CreateBuilder(arguments), Register);

    private static void Register(WebApplicationBuilder builder)
    {
        builder.AddTelemetry("scoring-gateway");
        builder.AddProcessHealth("gateway", drains: true);
        builder.AddScoringClusterClient();
        builder.Services.AddScoringGateway(builder.Configuration);
    }
}
