namespace Scoring.Telemetry;

/// <summary>Keeps people out of the telemetry of a process that takes part in Orleans, be it a silo or a gateway.</summary>
public static class TelemetryHostBuilderExtensions
{
    /// <summary>Adds the filters of logs and spans. Call it before any exporter is added.</summary>
    public static IHostApplicationBuilder FilterGrainIds(this IHostApplicationBuilder builder)
    {
        builder.Logging.FilterGrainIds();
        builder.Services.AddSingleton(new GrainIdSpanFilter());
        return builder;
    }
}
