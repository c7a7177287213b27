using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>
/// Simulates a programme's draft over the real ledger: aggregates only, nothing written but the act in the record. Key: the
/// programme's name. One at a time; the last result is kept until the next or the end of the activation.
/// </summary>
[Alias("scoring.ISimulationGrain"), GrainInterfaceType("simulation")]
public interface ISimulationGrain : IGrainWithStringKey
{
    /// <summary>Begins. Refused: no draft, problems in it, one under way, nothing published to compare with.</summary>
    [Alias("Start")]
    Task<AdminOutcome> Start(string who);

    /// <summary>How far it is, with the result when it is done; <see langword="null"/> when there is none.</summary>
    [Alias("Find")]
    Task<SimulationView?> Find();

    /// <summary>Breaks it off. <see langword="false"/> when none is under way.</summary>
    [Alias("Cancel")]
    Task<bool> Cancel(string who);
}

/// <summary>A simulation.</summary>
/// <param name="Hash">The draft's hash.</param>
/// <param name="Status">How it stands.</param>
/// <param name="PercentDone">0 to 100.</param>
/// <param name="Report">Set when done.</param>
[GenerateSerializer, Immutable, Alias("scoring.simulation-view")]
public sealed record SimulationView(string Hash, SimulationStatus Status, int PercentDone, SimulationReport? Report);

/// <summary>How a simulation stands.</summary>
public enum SimulationStatus
{
    /// <summary>Under way.</summary>
    Running = 1,

    /// <summary>Done.</summary>
    Done = 2,

    /// <summary>Broken off by an administrator.</summary>
    Cancelled = 3,

    /// <summary>Failed; may be started again.</summary>
    Failed = 4,
}

/// <summary>
/// What a draft would change, in numbers of subjects. Groups under 20 are merged with a neighbour, so that no number speaks of few
/// people; a programme with under 20 subjects has no distribution at all. Numbers of subjects are told in whole twenties, rounded down
/// over a table's running sum: parts add up to totals, and no difference of numbers, of one report or of two, speaks of few either.
/// Under the draft means: as if its rule set alone had always been in force, asked on the same day.
/// </summary>
/// <param name="Positions">Last ledger position looked at, by partition: the same positions and draft give the same report.</param>
/// <param name="Day">The asking day of all scores.</param>
/// <param name="Subjects">How many subjects.</param>
/// <param name="Entries">How many entries were folded.</param>
/// <param name="Now">Scores now.</param>
/// <param name="Then">Scores under the draft.</param>
/// <param name="Changes">How many rise and fall, by how much.</param>
/// <param name="Crossings">How many go from which tier to which.</param>
/// <param name="ByEnrolment">The mean change by length of enrolment.</param>
/// <param name="ByActivity">The mean change by number of events.</param>
/// <param name="Examples">Made-up histories, worked.</param>
[GenerateSerializer, Immutable, Alias("scoring.simulation-report")]
public sealed record SimulationReport(
    ImmutableArray<long> Positions, DateOnly Day, long Subjects, long Entries, ImmutableArray<Band> Now, ImmutableArray<Band> Then,
    ImmutableArray<Band> Changes, ImmutableArray<Crossing> Crossings, ImmutableArray<Group> ByEnrolment, ImmutableArray<Group> ByActivity,
    ImmutableArray<WorkedExample> Examples);

/// <summary>How many subjects lie in a range, both ends inclusive.</summary>
/// <param name="From">The least.</param>
/// <param name="To">The greatest.</param>
/// <param name="Subjects">How many, 0 or at least 20.</param>
[GenerateSerializer, Immutable, Alias("scoring.band")]
public sealed record Band(long From, long To, long Subjects);

/// <summary>How many subjects go from one tier to another.</summary>
/// <param name="Now">The tier now; <see langword="null"/> in the one row that merges the rare.</param>
/// <param name="Then">The tier under the draft; <see langword="null"/> in the one row that merges the rare.</param>
/// <param name="Subjects">How many, 0 or at least 20.</param>
[GenerateSerializer, Immutable, Alias("scoring.crossing")]
public sealed record Crossing(string? Now, string? Then, long Subjects);

/// <summary>The effect on a group.</summary>
/// <param name="From">The least of what the group is made by (days enrolled, events), inclusive.</param>
/// <param name="To">The greatest, inclusive.</param>
/// <param name="Subjects">How many, at least 20.</param>
/// <param name="Rising">How many of them rise; <see langword="null"/> when that or the rest would be under 20 and not 0.</param>
/// <param name="Falling">How many of them fall; as above.</param>
/// <param name="MeanChangeMilli">The mean change of their scores in thousandths of a point, rounded to the nearest.</param>
[GenerateSerializer, Immutable, Alias("scoring.group")]
public sealed record Group(long From, long To, long Subjects, long? Rising, long? Falling, long MeanChangeMilli);

/// <summary>A made-up history, worked under both.</summary>
/// <param name="Story">What happens in it, in plain words.</param>
/// <param name="Now">The score now.</param>
/// <param name="Then">The score under the draft.</param>
[GenerateSerializer, Immutable, Alias("scoring.worked-example")]
public sealed record WorkedExample(string Story, long Now, long Then);
