using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Scoring.Signals;

/// <summary>
/// What a process exports of itself, in the configuration section <c>Telemetry</c>. Nothing is exported by default. What can be exported
/// is listed in the code, and no option adds to it.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>
    /// The http or https address of a collector that takes OTLP; traces, metrics and logs are exported to it. Default: none, and nothing is
    /// exported. With <see cref="OtlpProtocol.HttpProtobuf"/> the paths <c>v1/traces</c>, <c>v1/metrics</c> and <c>v1/logs</c> are added.
    /// </summary>
    public string Endpoint { get; set; } = "";

    /// <summary>How the collector is spoken to. Default <see cref="OtlpProtocol.HttpProtobuf"/>.</summary>
    public OtlpProtocol Protocol { get; set; } = OtlpProtocol.HttpProtobuf;

    /// <summary>
    /// A file with headers for the collector, one <c>name=value</c> a line, read once at start: a token does not belong into a setting.
    /// Default: none.
    /// </summary>
    public string HeadersFile { get; set; } = "";

    /// <summary>The share of requests that are traced. Default 0.01; 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double SamplingRatio { get; set; } = 0.01;

    /// <summary>Seconds between two exports. Default 15; 1 to 300.</summary>
    [Range(1, 300)]
    public int ExportSeconds { get; set; } = 15;

    /// <summary>Seconds that the collector may take to answer. Default 10; 1 to 60.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Spans that wait for an export, and log records. Past it they are dropped. Default 2048; 512 to 1000000.</summary>
    [Range(512, 1_000_000)]
    public int QueueMax { get; set; } = 2048;

    /// <summary>Tells this process from others of its kind. Default: the name of the machine and the number of the process.</summary>
    [MaxLength(128)]
    public string Instance { get; set; } = "";

    /// <summary>
    /// Where Prometheus scrapes metrics: an http address with an IP address and a port, for example <c>http://127.0.0.1:9464</c>;
    /// <c>0.0.0.0</c> for every address of the machine. The path is <c>/metrics</c>. Default: none.
    /// </summary>
    public string PrometheusUrl { get; set; } = "";

    /// <summary>Whether anything is exported to a collector.</summary>
    internal bool IsExporting => Endpoint.Length > 0;

    /// <summary>Whether measures are exported, be it to a collector or to a scrape.</summary>
    internal bool HasMeasures => IsExporting || PrometheusUrl.Length > 0;

    /// <summary>Whether requests are traced.</summary>
    public static bool IsTracing(IConfiguration configuration) =>
        Of(configuration) is { IsExporting: true, SamplingRatio: > 0 } options && options.Faults().Count == 0;

    /// <summary>Reads the options of a configuration, right or wrong.</summary>
    internal static TelemetryOptions Of(IConfiguration configuration) =>
        configuration.GetSection(Section).Get<TelemetryOptions>() ?? new TelemetryOptions();

    /// <summary>Everything that is wrong with the options.</summary>
    public IReadOnlyList<string> Faults()
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), found, validateAllProperties: true);
        var faults = found.Select(fault => fault.ErrorMessage!).ToList();
        if (IsExporting && !IsWeb(Endpoint)) faults.Add($"{nameof(Endpoint)} must be an http or https address.");
        if (PrometheusUrl.Length > 0 && !IsScrape(PrometheusUrl))
            faults.Add($"{nameof(PrometheusUrl)} must be an http address of an IP address and a port, without a path.");
        if (HeadersFile.Length > 0 && OtlpHeaders.Fault(HeadersFile) is { } fault) faults.Add($"{nameof(HeadersFile)}: {fault}");
        return [.. faults.Select(fault => $"{Section}: {fault}")];
    }

    private static bool IsWeb(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static bool IsScrape(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http", AbsolutePath: "/", Query: "" }
        && IPAddress.TryParse(uri.Host, out _);
}

/// <summary>The protocol between a process and a collector.</summary>
public enum OtlpProtocol
{
    /// <summary>OTLP over HTTP, as protobuf.</summary>
    HttpProtobuf,

    /// <summary>OTLP over gRPC.</summary>
    Grpc,
}
