using System.Diagnostics.Metrics;

namespace Scoring.Hosting;

/// <summary>The metrics of the grains and of background work. No tag ever names a person, a handle, a grant or a subject.</summary>
public static class GrainMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = ScoringMeter.Name;

    /// <summary>Tag of entries that the stream delivered.</summary>
    public static readonly KeyValuePair<string, object?> ByStream = new("road", "stream");

    /// <summary>Tag of entries that were read from the ledger.</summary>
    public static readonly KeyValuePair<string, object?> ByLedger = new("road", "ledger");

    /// <summary>Tag of a fold that started from its snapshot.</summary>
    public static readonly KeyValuePair<string, object?> Hit = new("result", "hit");

    /// <summary>Tag of a fold whose snapshot did not fit the rules or the version of the fold.</summary>
    public static readonly KeyValuePair<string, object?> Miss = new("result", "miss");

    /// <summary>Tag of a fold without a snapshot.</summary>
    public static readonly KeyValuePair<string, object?> NoSnapshot = new("result", "none");

    /// <summary>Counts deliveries of the stream that active subjects accepted.</summary>
    public static readonly Counter<long> Handed =
        ScoringMeter.Counter("scoring.subjects.deliveries", "{delivery}", "Deliveries of the stream that active subjects took.");

    /// <summary>Counts registrations that were removed because the subject failed or was late.</summary>
    public static readonly Counter<long> StruckOff = ScoringMeter.Counter(
        "scoring.subjects.struck_off", "{registration}", "Registrations removed because the subject failed or was late.");

    /// <summary>The number of subjects whose fold is in memory.</summary>
    public static readonly UpDownCounter<long> Active =
        ScoringMeter.UpDownCounter("scoring.subjects.active", "{subject}", "Subjects whose fold is in memory.");

    /// <summary>
    /// The time from taking an entry to folding it, once for each slice of the stream that has entries of active subjects, from its oldest
    /// entry to the last fold. What this silo did not write has no time and is not measured.
    /// </summary>
    public static readonly Histogram<double> Freshness = ScoringMeter.Durations(
        "scoring.subjects.freshness",
        "From when a silo takes an entry until its active subject has folded it, for the oldest entry of each slice of the stream.",
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]);

    /// <summary>Counts holes in the stream that were filled from the ledger.</summary>
    public static readonly Counter<long> StreamHoles =
        ScoringMeter.Counter("scoring.stream.holes", "{hole}", "Holes in the stream that were filled from the ledger.");

    /// <summary>Counts deliveries that the stream gave up.</summary>
    public static readonly Counter<long> StreamGivenUp =
        ScoringMeter.Counter("scoring.stream.given_up", "{delivery}", "Deliveries that the stream gave up.");

    /// <summary>Counts folded entries, by whether the stream delivered them or they were read from the ledger.</summary>
    public static readonly Counter<long> Folded = ScoringMeter.Counter(
        "scoring.subjects.folded", "{entry}", "Entries folded, from the stream or read from the ledger.", "road");

    /// <summary>Counts how often a fold met an entry that it could not value.</summary>
    public static readonly Counter<long> SetAside = ScoringMeter.Counter(
        "scoring.subjects.set_aside", "{entry}", "How often a fold met an entry that it could not value.");

    /// <summary>The number of entries that are noted as set aside, on all silos together, up to a bound. Alarm on any.</summary>
    public static readonly Gauge<long> SetAsideEntries = ScoringMeter.Gauge(
        "scoring.set_aside.entries", "{entry}", "Entries that are noted as set aside, of all silos, at most SetAside:CountMax.");

    /// <summary>Counts folds that were discarded because the programme's rules or the ledger changed.</summary>
    public static readonly Counter<long> Refolded = ScoringMeter.Counter(
        "scoring.subjects.refolded", "{fold}", "Folds discarded because the rules or the ledger changed.");

    /// <summary>Counts answers that a silo folded itself because the subject's silo did not answer, decoys included.</summary>
    public static readonly Counter<long> FoldedForOthers = ScoringMeter.Counter(
        "scoring.subjects.folded_for_others", "{answer}",
        "Answers folded here because the subject's silo did not answer, decoys included.");

    /// <summary>Counts live folds that were recomputed from the ledger and compared.</summary>
    public static readonly Counter<long> Recomputed =
        ScoringMeter.Counter("scoring.recomputation.checked", "{fold}", "Live folds recomputed from the ledger.");

    /// <summary>Counts live folds that differ from the ledger's fold. Alarm on any.</summary>
    public static readonly Counter<long> Mismatches =
        ScoringMeter.Counter("scoring.recomputation.mismatches", "{fold}", "Live folds that are not what their ledger gives.");

    /// <summary>Counts the folds that started, by what became of their snapshot: a hit, a miss, or none stored.</summary>
    public static readonly Counter<long> SnapshotReads = ScoringMeter.Counter(
        "scoring.subjects.snapshot_reads", "{fold}", "Folds that started: from their snapshot, with one that did not fit, or with none.",
        "result");

    /// <summary>Counts snapshots that were stored.</summary>
    public static readonly Counter<long> Snapshots =
        ScoringMeter.Counter("scoring.subjects.snapshots", "{snapshot}", "Snapshots stored.");

    /// <summary>Counts snapshots that could not be stored. Snapshots are a cache, so nothing is lost.</summary>
    public static readonly Counter<long> SnapshotsFailed = ScoringMeter.Counter(
        "scoring.subjects.snapshots_failed", "{snapshot}", "Snapshots that could not be stored; nothing is lost.");

    /// <summary>Counts failures of background steps, by step.</summary>
    public static readonly Counter<long> StepFailures =
        ScoringMeter.Counter("scoring.background.failures", "{run}", "Runs of a background step that failed.", "step");

    /// <summary>Counts the background steps that have failed and not succeeded since, by step. Alarm when it stays above 0.</summary>
    public static readonly UpDownCounter<long> StepsFailing = ScoringMeter.UpDownCounter(
        "scoring.background.failing", "{step}", "Background steps that failed and have not succeeded since.", "step");

    /// <summary>Counts irreversible background steps that were not run because the clock is not trusted, by step. Alarm on any.</summary>
    public static readonly Counter<long> StepsHeld = ScoringMeter.Counter(
        "scoring.background.held", "{run}", "Irreversible work that waits because the clock is not trusted.", "step");

    /// <summary>Counts events that intake passed to the ledger, about enrolled and unenrolled subjects alike.</summary>
    public static readonly Counter<long> EventsTaken =
        ScoringMeter.Counter("scoring.intake.events", "{event}", "Events passed to the ledger, enrolled or not.");

    /// <summary>Counts accepted handle proofs that name no audience.</summary>
    public static readonly Counter<long> ProofsWithoutAudience = ScoringMeter.Counter(
        "scoring.handles.proofs_without_audience", "{proof}", "Accepted handle proofs without an audience; a later release refuses them.");

    /// <summary>Counts services' queries, about enrolled and unenrolled subjects alike.</summary>
    public static readonly Counter<long> Queries = ScoringMeter.Counter("scoring.queries", "{query}", "Queries of services.");
}
