using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Scoring.Signals;

/// <summary>Makes what exports to the collector, and says of which process it is.</summary>
internal sealed class OtlpExporters(TelemetryOptions options, string service)
{
    private const int BatchMax = 512;

    private readonly IReadOnlyList<(string Name, string Value)> _headers = OtlpHeaders.Read(options.HeadersFile);

    /// <summary>What is said of the process. Nothing is taken from the environment.</summary>
    public ResourceBuilder Resource() => ResourceBuilder.CreateEmpty().AddAttributes(
    [
        new("service.namespace", "scoring"), new("service.name", service), new("service.version", Version()),
        new("service.instance.id", options.Instance.Length > 0 ? options.Instance : $"{Environment.MachineName}-{Environment.ProcessId}"),
    ]);

    /// <summary>Exports spans.</summary>
    public BatchActivityExportProcessor Spans() =>
        new(new OtlpTraceExporter(Options("v1/traces")), options.QueueMax, Interval, Timeout, BatchMax);

    /// <summary>Exports metrics.</summary>
    public PeriodicExportingMetricReader Metrics() => new(new OtlpMetricExporter(Options("v1/metrics")), Interval, Timeout);

    /// <summary>Exports log records.</summary>
    public BatchLogRecordExportProcessor Logs() =>
        new(new OtlpLogExporter(Options("v1/logs")), options.QueueMax, Interval, Timeout, BatchMax);

    private int Interval => options.ExportSeconds * 1000;

    private int Timeout => options.TimeoutSeconds * 1000;

    private OtlpExporterOptions Options(string path)
    {
        var endpoint = new Uri(options.Endpoint);
        var isGrpc = options.Protocol == OtlpProtocol.Grpc;
        return new OtlpExporterOptions
        {
            Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
            Endpoint = isGrpc ? endpoint : new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/" + path),
            Headers = null, // those of the environment
            HttpClientFactory = () => Client(endpoint),
            TimeoutMilliseconds = Timeout,
        };
    }

    private HttpClient Client(Uri endpoint)
    {
        var handler = new SocketsHttpHandler { UseProxy = !endpoint.IsLoopback, AllowAutoRedirect = false };
        var client = new HttpClient(handler) { Timeout = TimeSpan.FromMilliseconds(Timeout) };
        foreach (var (name, value) in _headers) client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return client;
    }

    private static string Version()
    {
        var version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return (version ?? "0").Split('+')[0];
    }
}
