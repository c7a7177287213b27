using System.Diagnostics.Metrics;

namespace Scoring.Hosting;

/// <summary>What the platform counts. No tag ever names a person, a handle, a grant or a subject.</summary>
public static class GrainMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Scoring";

    /// <summary>Tag of entries that the stream brought.</summary>
    public static readonly KeyValuePair<string, object?> ByStream = new("road", "stream");

    /// <summary>Tag of entries that were read from the ledger.</summary>
    public static readonly KeyValuePair<string, object?> ByLedger = new("road", "ledger");

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Deliveries of the stream that awake subjects took.</summary>
    public static readonly Counter<long> Handed = Meter.CreateCounter<long>("scoring.subjects.deliveries");

    /// <summary>Registrations struck off because the subject failed or was late.</summary>
    public static readonly Counter<long> StruckOff = Meter.CreateCounter<long>("scoring.subjects.struck_off");

    /// <summary>Holes in the stream that were filled from the ledger.</summary>
    public static readonly Counter<long> StreamHoles = Meter.CreateCounter<long>("scoring.stream.holes");

    /// <summary>Deliveries that the stream gave up.</summary>
    public static readonly Counter<long> StreamGivenUp = Meter.CreateCounter<long>("scoring.stream.given_up");

    /// <summary>Entries folded, by whether the stream brought them or the ledger was read.</summary>
    public static readonly Counter<long> Folded = Meter.CreateCounter<long>("scoring.subjects.folded");

    /// <summary>Entries that no fold could value: never normal, to be alarmed on.</summary>
    public static readonly Counter<long> SetAside = Meter.CreateCounter<long>("scoring.subjects.set_aside");

    /// <summary>Folds thrown away because the programme's rules changed.</summary>
    public static readonly Counter<long> Refolded = Meter.CreateCounter<long>("scoring.subjects.refolded");

    /// <summary>Live folds that were recomputed from the ledger and compared.</summary>
    public static readonly Counter<long> Recomputed = Meter.CreateCounter<long>("scoring.recomputation.checked");

    /// <summary>Live folds that were found to be another than the ledger's: never normal, to be alarmed on.</summary>
    public static readonly Counter<long> Mismatches = Meter.CreateCounter<long>("scoring.recomputation.mismatches");

    /// <summary>Snapshots kept.</summary>
    public static readonly Counter<long> Snapshots = Meter.CreateCounter<long>("scoring.subjects.snapshots");

    /// <summary>Snapshots that could not be kept; a cache, nothing is lost.</summary>
    public static readonly Counter<long> SnapshotsFailed = Meter.CreateCounter<long>("scoring.subjects.snapshots_failed");

    /// <summary>Events that sources handed in and that were passed to the ledger, whoever they are about.</summary>
    public static readonly Counter<long> EventsTaken = Meter.CreateCounter<long>("scoring.intake.events");

    /// <summary>Questions of services, whoever they are about.</summary>
    public static readonly Counter<long> Queries = Meter.CreateCounter<long>("scoring.queries");
}
