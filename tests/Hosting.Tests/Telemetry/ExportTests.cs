using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Signals;
using Scoring.Testing;

namespace Scoring.Telemetry;

/// <summary>Tests what leaves a process, on the bytes that a collector and a scrape receive.</summary>
public sealed partial class ExportTests
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    /// <summary>Stands in each place that is not listed, followed by the name of the place.</summary>
    private const string Secret = "secret-of-a-person-";

    // A disposed meter takes its measures with it.
    private static readonly Meter OwnMeter = new("Scoring");
    private static readonly Meter UnlistedMeter = new("Npgsql");
    private static readonly Meter OrleansMeter = new("Microsoft.Orleans");

    [Fact]
    public async Task Nothing_that_is_not_listed_leaves_and_what_is_listed_does()
    {
        await using var receiver = await OtlpReceiver.Start();
        var scraped = $"http://127.0.0.1:{FreePort()}";
        var metrics = await Run(
            scraped + "/metrics", ("Telemetry:Endpoint", receiver.Address), ("Telemetry:SamplingRatio", "1"),
            ("Telemetry:PrometheusUrl", scraped), ("Telemetry:Instance", "the-instance"), ("Logging:LogLevel:Default", "Trace"),
            ("Logging:OpenTelemetry:IncludeScopes", "true"), ("Logging:OpenTelemetry:IncludeFormattedMessage", "true"));

        var exported = string.Join('\n', receiver.Received.Select(one => one.Path + Encoding.Latin1.GetString(one.Bytes)));
        Secrets(exported).ShouldBeEmpty();
        Secrets(metrics).ShouldBeEmpty();
        receiver.Headers.Keys.ShouldNotContain("owner");
        foreach (var listed in (string[])["/v1/traces", "/v1/metrics", "/v1/logs", "the-instance", "scoring-test"])
            exported.ShouldContain(listed);
        receiver.Spans.Select(span => span.Name).Order(StringComparer.Ordinal)
            .ShouldBe(["GET", "HTTP", "POST /v1/events", "append", "flush"]);
        foreach (var listed in (string[])["Events of {Programme} are listed", "safe-driver", "System.InvalidOperationException"])
            exported.ShouldContain(listed);
        metrics.ShouldContain("scoring_test_listed_total{road=\"stream\"} 3");
        metrics.ShouldNotContain("unlisted");
    }

    [Fact]
    public async Task Nothing_is_added_until_an_endpoint_is_set()
    {
        using var host = Build();
        await host.StartAsync();
        using var own = new ActivitySource("Scoring.not-there");
        own.HasListeners().ShouldBeFalse();
        host.Services.GetServices<IHostedService>().ShouldNotContain(service => service.GetType().FullName!.StartsWith("OpenTelemetry"));
        host.Services.GetServices<ILoggerProvider>().ShouldNotContain(
            provider => provider.GetType().FullName!.StartsWith("OpenTelemetry"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Wrong_settings_refuse_the_start_and_are_named_at_once()
    {
        using var host = Build(
            ("Telemetry:Endpoint", "collector:4318"), ("Telemetry:SamplingRatio", "1.5"), ("Telemetry:ExportSeconds", "0"),
            ("Telemetry:HeadersFile", "/no/such/file"), ("Telemetry:PrometheusUrl", "https://127.0.0.1:1/metrics"));
        var refused = await Should.ThrowAsync<OptionsValidationException>(host.StartAsync());
        refused.Failures.Count().ShouldBe(5);
        foreach (var name in (string[])["Endpoint", "SamplingRatio", "ExportSeconds", "HeadersFile", "PrometheusUrl"])
            refused.Message.ShouldContain(name);
    }

    [Theory]
    [InlineData(OtlpProtocol.HttpProtobuf, "/v1/metrics")]
    [InlineData(OtlpProtocol.Grpc, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")]
    public async Task Each_protocol_is_spoken_with_the_headers_of_a_file(OtlpProtocol protocol, string path)
    {
        await using var receiver = await OtlpReceiver.Start(protocol == OtlpProtocol.Grpc);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "Authorization=Bearer a,b=c\nX-Tenant = city\n");
        using (var host = Build(
            ("Telemetry:Endpoint", receiver.Address), ("Telemetry:HeadersFile", file), ("Telemetry:Protocol", $"{protocol}")))
        {
            await host.StartAsync();
            await host.StopAsync();
        }
        File.Delete(file);
        receiver.Received.ShouldContain(one => one.Path == path);
        receiver.Headers["Authorization"].ShouldBe("Bearer a,b=c");
        receiver.Headers["X-Tenant"].ShouldBe("city");
    }

    [Fact]
    public void A_request_takes_no_trace_and_no_baggage_from_its_caller()
    {
        using var host = Build();
        var propagator = host.Services.GetRequiredService<DistributedContextPropagator>();
        propagator.ExtractTraceIdAndState(null, Sent, out var trace, out var state);
        trace.ShouldBeNull();
        state.ShouldBeNull();
        propagator.ExtractBaggage(null, Sent).ShouldBeNull();

        static void Sent(object? carrier, string name, out string? value, out IEnumerable<string>? values)
        {
            value = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
            values = null;
        }
    }

    /// <summary>Makes a process export, in an environment that would add to it; returns what it shows to Prometheus.</summary>
    private static async Task<string> Run(string scraped, params (string Name, string Value)[] settings)
    {
        (string Name, string Value)[] environment =
        [
            ("OTEL_RESOURCE_ATTRIBUTES", $"owner={Secret}resource"), ("OTEL_SERVICE_NAME", Secret + "service"),
            ("OTEL_METRICS_EXEMPLAR_FILTER", "always_on"), ("OTEL_EXPORTER_OTLP_HEADERS", $"owner={Secret}header"),
        ];
        foreach (var (name, value) in environment) Environment.SetEnvironmentVariable(name, value);
        try
        {
            using var host = Build(settings);
            await host.StartAsync();
            Trace();
            Log(host.Services.GetRequiredService<ILoggerFactory>());
            Measure();
            using var http = new HttpClient();
            var metrics = await http.GetStringAsync(scraped);
            await host.StopAsync();
            return metrics;
        }
        finally
        {
            foreach (var (name, _) in environment) Environment.SetEnvironmentVariable(name, null);
        }
    }

    private static IHost Build(params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)));
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.AddTelemetry("scoring-test");
        return builder.Build();
    }

    private static IEnumerable<string> Secrets(string exported) =>
        exported.Split(Secret)[1..].Select(after => new string([.. after.TakeWhile(char.IsAsciiLetter)])).Distinct();

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Makes spans that may leave, with secrets on them, and spans that may not.</summary>
    private static void Trace()
    {
        using var web = new ActivitySource("Microsoft.AspNetCore");
        using var client = new ActivitySource("System.Net.Http");
        using var own = new ActivitySource("Scoring");
        using var orleans = new ActivitySource("Microsoft.Orleans.Application");
        using var other = new ActivitySource("Npgsql");
        using var request = web.StartActivity(Request, ActivityKind.Server)!;
        request.DisplayName = Secret + "display name";
        request.SetTag("http.request.method", "POST").SetTag("http.route", "/v1/events").SetTag("url.path", Secret + "path")
            .SetTag("error.type", new[] { Secret + "array" }).SetTag("http.response.status_code", 202);
        request.AddTag("twice", Secret + "twice").AddTag("twice", Secret + "twice");
        request.TraceStateString = $"vendor={Secret}state";
        request.SetBaggage("who", Secret + "baggage");
        request.SetStatus(ActivityStatusCode.Error, Secret + "status");
        client.StartActivity("GET " + Secret + "operation")!.SetTag("http.request.method", "GET")
            .SetTag("url.full", Secret + "url").Dispose();
        web.StartActivity(Request, ActivityKind.Server)!.SetTag("http.request.method", Secret + "method").Dispose();
        own.StartActivity("append")!.SetTag("scoring.rows", 3).SetTag("error.type", Secret + new string('x', 128)).Dispose();
        own.StartActivity("flush", ActivityKind.Internal, default(ActivityContext), links: [new ActivityLink(request.Context)])?.Dispose();
        own.StartActivity("flush")!.AddLink(new ActivityLink(new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded))).Dispose();
        own.StartActivity("flush")!.AddLink(new ActivityLink(
            request.Context, new ActivityTagsCollection { ["who"] = Secret + "link" })).Dispose();
        own.StartActivity("append")!.AddEvent(new ActivityEvent(Secret + "event")).Dispose();
        own.StartActivity("deliver")!.AddException(new InvalidOperationException(Secret + "exception")).Dispose();
        own.StartActivity("IVehicleGrain/Deliver")!.Dispose();
        own.StartActivity(Secret + "name")!.Dispose();
        orleans.StartActivity("IVehicleGrain/Deliver")?.SetTag("orleans.grain.id", Secret + "grain").Dispose();
        other.StartActivity(Secret + "database")?.Dispose();
    }

    private static void Log(ILoggerFactory factory)
    {
        var own = factory.CreateLogger("Scoring.Ledger.PartitionGrain");
        using (own.BeginScope(new Dictionary<string, object> { ["scope"] = Secret + "scope" }))
            LogListed(own, "safe-driver", Secret + "value", new InvalidOperationException(Secret + "logged exception"));
        own.Log(LogLevel.Warning, default, Secret + "state", null, (state, _) => Secret + "text");
        factory.CreateLogger("Orleans.Runtime.Catalog").Log(
            LogLevel.Error, new EventId(7, Secret + "event name"), Secret + "library state", null, (state, _) => state);
        factory.CreateLogger("Microsoft.AspNetCore.Hosting").Log(
            LogLevel.Error, new EventId(8, "Named"), new[] { KeyValuePair.Create("{OriginalFormat}", (object?)(Secret + "template")) },
            new InvalidOperationException(Secret + "library exception"), (_, _) => Secret + "library text");
        factory.CreateLogger(Secret + "category").Log(LogLevel.Critical, new EventId(9), Secret + "unlisted", null, (state, _) => state);
    }

    [LoggerMessage(999, LogLevel.Error, "Events of {Programme} are listed, and {Unlisted} is not")]
    private static partial void LogListed(ILogger log, string programme, string unlisted, Exception exception);

    private static void Measure()
    {
        var counter = OwnMeter.CreateCounter<long>("scoring.test.listed", "{entry}");
        counter.Add(1, new KeyValuePair<string, object?>("road", "stream"), new("subject", Secret + "tag"));
        counter.Add(2, new KeyValuePair<string, object?>("road", "stream"), new("subject", Secret + "other tag"));
        UnlistedMeter.CreateCounter<long>("unlisted.meter").Add(1, new KeyValuePair<string, object?>("pool", Secret + "pool"));
        OrleansMeter.CreateCounter<long>("unlisted-instrument").Add(1, new KeyValuePair<string, object?>("grain", Secret + "grain tag"));
    }
}
