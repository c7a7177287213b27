namespace Scoring.Telemetry;

/// <summary>What the telemetry of a process that takes part in Orleans needs, be it a silo or a gateway.</summary>
public static class TelemetryHostBuilderExtensions
{
    /// <summary>Keeps people out of the logs. What is exported is decided by <c>src/Telemetry</c>.</summary>
    public static IHostApplicationBuilder AddGrainTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.FilterGrainIds();
        return builder;
    }
}
