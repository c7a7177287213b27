using System.Diagnostics.Metrics;

namespace Scoring.Hosting;

/// <summary>The metrics of the grains. No tag ever names a person, a handle, a grant or a subject.</summary>
public static class GrainMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Scoring";

    /// <summary>Tag of entries that the stream delivered.</summary>
    public static readonly KeyValuePair<string, object?> ByStream = new("road", "stream");

    /// <summary>Tag of entries that were read from the ledger.</summary>
    public static readonly KeyValuePair<string, object?> ByLedger = new("road", "ledger");

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Counts deliveries of the stream that active subjects accepted.</summary>
    public static readonly Counter<long> Handed = Meter.CreateCounter<long>("scoring.subjects.deliveries");

    /// <summary>Counts registrations that were removed because the subject failed or was late.</summary>
    public static readonly Counter<long> StruckOff = Meter.CreateCounter<long>("scoring.subjects.struck_off");

    /// <summary>Counts holes in the stream that were filled from the ledger.</summary>
    public static readonly Counter<long> StreamHoles = Meter.CreateCounter<long>("scoring.stream.holes");

    /// <summary>Counts deliveries that the stream gave up.</summary>
    public static readonly Counter<long> StreamGivenUp = Meter.CreateCounter<long>("scoring.stream.given_up");

    /// <summary>Counts folded entries, by whether the stream delivered them or they were read from the ledger.</summary>
    public static readonly Counter<long> Folded = Meter.CreateCounter<long>("scoring.subjects.folded");

    /// <summary>Counts how often a fold met an entry that it could not value.</summary>
    public static readonly Counter<long> SetAside = Meter.CreateCounter<long>("scoring.subjects.set_aside");

    /// <summary>The number of entries that are noted as set aside, on all silos together, up to a bound. Alarm on any.</summary>
    public static readonly Gauge<long> SetAsideEntries = Meter.CreateGauge<long>("scoring.set_aside.entries");

    /// <summary>Counts folds that were discarded because the programme's rules or the ledger changed.</summary>
    public static readonly Counter<long> Refolded = Meter.CreateCounter<long>("scoring.subjects.refolded");

    /// <summary>Counts answers that a silo folded itself because the subject's silo did not answer, decoys included.</summary>
    public static readonly Counter<long> FoldedForOthers = Meter.CreateCounter<long>("scoring.subjects.folded_for_others");

    /// <summary>Counts live folds that were recomputed from the ledger and compared.</summary>
    public static readonly Counter<long> Recomputed = Meter.CreateCounter<long>("scoring.recomputation.checked");

    /// <summary>Counts live folds that differ from the ledger's fold. Alarm on any.</summary>
    public static readonly Counter<long> Mismatches = Meter.CreateCounter<long>("scoring.recomputation.mismatches");

    /// <summary>Counts snapshots that were stored.</summary>
    public static readonly Counter<long> Snapshots = Meter.CreateCounter<long>("scoring.subjects.snapshots");

    /// <summary>Counts snapshots that could not be stored. Snapshots are a cache, so nothing is lost.</summary>
    public static readonly Counter<long> SnapshotsFailed = Meter.CreateCounter<long>("scoring.subjects.snapshots_failed");

    /// <summary>Counts failures of background steps, by step.</summary>
    public static readonly Counter<long> StepFailures = Meter.CreateCounter<long>("scoring.background.failures");

    /// <summary>Counts the background steps that have failed and not succeeded since, by step. Alarm when it stays above 0.</summary>
    public static readonly UpDownCounter<long> StepsFailing = Meter.CreateUpDownCounter<long>("scoring.background.failing");

    /// <summary>Counts irreversible background steps that were not run because the clock is not trusted, by step. Alarm on any.</summary>
    public static readonly Counter<long> StepsHeld = Meter.CreateCounter<long>("scoring.background.held");

    /// <summary>Counts events that intake passed to the ledger, about enrolled and unenrolled subjects alike.</summary>
    public static readonly Counter<long> EventsTaken = Meter.CreateCounter<long>("scoring.intake.events");

    /// <summary>Counts accepted handle proofs that name no audience.</summary>
    public static readonly Counter<long> ProofsWithoutAudience = Meter.CreateCounter<long>("scoring.handles.proofs_without_audience");

    /// <summary>Counts services' queries, about enrolled and unenrolled subjects alike.</summary>
    public static readonly Counter<long> Queries = Meter.CreateCounter<long>("scoring.queries");
}
