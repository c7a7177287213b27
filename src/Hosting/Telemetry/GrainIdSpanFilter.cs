using System.Diagnostics;

namespace Scoring.Telemetry;

/// <summary>
/// Removes grain ids from Orleans' spans before an exporter gets them, because a grain id identifies a person. It must be created before
/// any exporter, and it requests no span itself.
/// </summary>
public sealed class GrainIdSpanFilter : IDisposable
{
    /// <summary>Tags of Orleans that hold the id of a grain or an activation, or an address.</summary>
    private static readonly string[] Names =
    [
        "orleans.rpc.target_id", "orleans.rpc.source_id", "orleans.grain.id", "orleans.activation.id",
        "orleans.directory.registered.address", "orleans.directory.forwarding.address", "orleans.durable_job.target_grain_id",
    ];

    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal),
        ActivityStopped = Strip,
    };

    /// <summary>Starts listening.</summary>
    public GrainIdSpanFilter() => ActivitySource.AddActivityListener(_listener);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Strip(Activity span)
    {
        foreach (var name in Names) span.SetTag(name, null);
    }
}
