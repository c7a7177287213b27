using System.Diagnostics;

namespace Scoring.Telemetry;

/// <summary>
/// Takes grain ids out of Orleans' spans before anyone exports them: a grain's id is a person. It listens first and asks for no span
/// itself.
/// </summary>
public sealed class GrainIdSpanFilter : IDisposable
{
    /// <summary>Tags of Orleans that hold a grain id, an activation's or an address.</summary>
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

    /// <summary>Begins to listen.</summary>
    public GrainIdSpanFilter() => ActivitySource.AddActivityListener(_listener);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Strip(Activity span)
    {
        foreach (var name in Names) span.SetTag(name, null);
    }
}
