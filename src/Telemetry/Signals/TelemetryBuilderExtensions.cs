using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Scoring.AllowLists;

namespace Scoring.Signals;

/// <summary>Exports what a process says of itself, as far as it is listed in <c>AllowLists</c>.</summary>
public static class TelemetryBuilderExtensions
{
    private const string LogProvider = "OpenTelemetry.Logs.OpenTelemetryLoggerProvider";

    /// <summary>
    /// Adds the exports that <see cref="TelemetryOptions"/> asks for; none by default. Call it first, so that a start is exported too.
    /// Wrong options refuse the start, and nothing is exported before that.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="service">What the process is, for example <c>scoring-silo</c>.</param>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TelemetryOptions>, Check>();
        builder.Services.AddOwnTraces();
        var options = TelemetryOptions.Of(builder.Configuration);
        if (options.Faults().Count > 0) return builder;
        var exporters = new OtlpExporters(options, service);
        if (options.HasMeasures)
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeasures(options, exporters));
        if (TelemetryOptions.IsTracing(builder.Configuration))
            builder.Services.AddOpenTelemetry().WithTracing(traces => traces.SetResourceBuilder(exporters.Resource())
                .SetSampler(new ParentBasedSampler(new RequestSampler(options.SamplingRatio)))
                .AddSource(SpanAllowList.Sources).AddProcessor(new AllowedSpans()).AddProcessor(exporters.Spans()));
        builder.Logging.ExportLogs(builder.Configuration, service);
        return builder;
    }

    /// <summary>
    /// Exports log records alone: for a part of a process that has services of its own. Spans and metrics are those of the process.
    /// </summary>
    public static ILoggingBuilder ExportLogs(this ILoggingBuilder logging, IConfiguration configuration, string service) =>
        logging.ExportLogs(TelemetryOptions.Of(configuration), service);

    /// <summary>Does the same with options that were read already.</summary>
    public static ILoggingBuilder ExportLogs(this ILoggingBuilder logging, TelemetryOptions options, string service)
    {
        if (!options.IsExporting || options.Faults().Count > 0) return logging;
        var exporters = new OtlpExporters(options, service);
        logging.AddOpenTelemetry(logs => logs.SetResourceBuilder(exporters.Resource())
            .AddProcessor(new AllowedLogs()).AddProcessor(exporters.Logs()));
        // A setting of the provider must not bring back what the list leaves out.
        logging.Services.PostConfigure<OpenTelemetryLoggerOptions>(logs =>
        {
            logs.IncludeScopes = false;
            logs.IncludeFormattedMessage = false;
        });
        return logging.LimitCategories(LogProvider, LogAllowList.Has);
    }

    /// <summary>
    /// Exports the measures of a process that has no host, until it is disposed of; <see langword="null"/> when nothing is to be exported.
    /// </summary>
    public static IDisposable? ExportMeasures(this TelemetryOptions options, string service) =>
        options.HasMeasures && options.Faults().Count == 0
            ? Sdk.CreateMeterProviderBuilder().AddMeasures(options, new OtlpExporters(options, service)).Build()
            : null;

    /// <summary>Makes a web server begin a trace of its own for each request, whatever its caller sends.</summary>
    public static IServiceCollection AddOwnTraces(this IServiceCollection services) =>
        services.AddSingleton<DistributedContextPropagator, OwnTraceContext>();

    /// <summary>Adds the listed measures with the exports that the options ask for.</summary>
    internal static MeterProviderBuilder AddMeasures(this MeterProviderBuilder metrics, TelemetryOptions options, OtlpExporters exporters)
    {
        metrics.SetResourceBuilder(exporters.Resource()).AddMeter(MeasureAllowList.Meters).AddView(MeasureAllowList.View)
            .SetExemplarFilter(ExemplarFilterType.AlwaysOff); // an exemplar holds the tags that the view takes off
        if (options.IsExporting) metrics.AddReader(exporters.Metrics());
        if (options.PrometheusUrl.Length > 0) metrics.AddScrape(new Uri(options.PrometheusUrl));
        return metrics;
    }

    private static void AddScrape(this MeterProviderBuilder metrics, Uri url) => metrics.AddPrometheusHttpListener(listener =>
    {
        listener.Host = url.Host;
        listener.Port = url.Port;
        listener.ScrapeEndpointPath = "/metrics";
        listener.ScopeInfoEnabled = false;
        if (url.Host is not ("0.0.0.0" or "[::]")) return;
        listener.Host = "localhost"; // replaced by every address
        listener.ConfigureHttpListener = (_, http) =>
        {
            http.Prefixes.Clear();
            http.Prefixes.Add($"http://*:{url.Port}/metrics/");
        };
    });

    private sealed class Check : IValidateOptions<TelemetryOptions>
    {
        public ValidateOptionsResult Validate(string? name, TelemetryOptions options) =>
            options.Faults() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
