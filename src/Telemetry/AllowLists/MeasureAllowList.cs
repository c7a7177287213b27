using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Scoring.AllowLists;

/// <summary>
/// The measures that leave a process, and their tags. Other instruments are dropped, and other tags are summed over. The platform's own
/// meters are listed as a whole.
/// </summary>
internal static class MeasureAllowList
{
    /// <summary>The meters of the platform and of the bridge.</summary>
    private static readonly string[] Own = ["Scoring", "Scoring.Bridge"];

    /// <summary>The tags of these measures. None names a person, a handle, a grant or a subject.</summary>
    private static readonly string[] OwnTags =
        ["http.request.method", "http.route", "lane", "outcome", "pool", "result", "road", "state", "step"];

    /// <summary>The listed instruments of libraries by meter, each with its listed tags.</summary>
    private static readonly FrozenDictionary<(string Meter, string Instrument), string[]> Listed =
        new Dictionary<(string Meter, string Instrument), string[]>
        {
            [("Microsoft.AspNetCore.Hosting", "http.server.request.duration")] =
                ["http.request.method", "http.route", "http.response.status_code", "error.type"],
            [("Microsoft.AspNetCore.Hosting", "http.server.active_requests")] = ["http.request.method"],
            [("Microsoft.AspNetCore.Server.Kestrel", "kestrel.active_connections")] = [],
            [("Microsoft.AspNetCore.Server.Kestrel", "kestrel.queued_connections")] = [],
            [("Microsoft.AspNetCore.Server.Kestrel", "kestrel.rejected_connections")] = [],
            [("System.Net.Http", "http.client.request.duration")] = ["http.request.method", "http.response.status_code", "error.type"],
            [("System.Runtime", "dotnet.process.cpu.time")] = ["cpu.mode"],
            [("System.Runtime", "dotnet.process.memory.working_set")] = [],
            [("System.Runtime", "dotnet.gc.collections")] = ["gc.heap.generation"],
            [("System.Runtime", "dotnet.gc.heap.total_allocated")] = [],
            [("System.Runtime", "dotnet.gc.last_collection.heap.size")] = ["gc.heap.generation"],
            [("System.Runtime", "dotnet.gc.pause.time")] = [],
            [("System.Runtime", "dotnet.thread_pool.queue.length")] = [],
            [("System.Runtime", "dotnet.thread_pool.thread.count")] = [],
            [("System.Runtime", "dotnet.monitor.lock_contentions")] = [],
            [("System.Runtime", "dotnet.exceptions")] = ["error.type"],
            [("Microsoft.Orleans", "orleans-catalog-activations")] = [],
            [("Microsoft.Orleans", "orleans-app-requests-timedout")] = [],
            [("Microsoft.Orleans", "orleans-messaging-sent-failed")] = [],
            [("Microsoft.Orleans", "orleans-messaging-sent-dropped")] = [],
            [("Microsoft.Orleans", "orleans-messaging-rejected")] = [],
            [("Microsoft.Orleans", "orleans-messaging-pings-reply-missed")] = [],
            [("Microsoft.Orleans", "orleans-scheduler-long-running-turns")] = [],
            [("Microsoft.Orleans", "orleans-client-connected-gateways")] = [],
            [("Microsoft.Orleans", "orleans-gateway-connected-clients")] = [],
        }.ToFrozenDictionary();

    /// <summary>The meters of which something leaves.</summary>
    public static string[] Meters => [.. Own, .. Listed.Keys.Select(key => key.Meter).Distinct()];

    /// <summary>Returns the tags with which an instrument leaves, or that it does not leave.</summary>
    public static MetricStreamConfiguration View(Instrument instrument)
    {
        if (Own.Contains(instrument.Meter.Name)) return new MetricStreamConfiguration { TagKeys = OwnTags };
        return Listed.TryGetValue((instrument.Meter.Name, instrument.Name), out var tags)
            ? new MetricStreamConfiguration { TagKeys = tags }
            : MetricStreamConfiguration.Drop;
    }
}
