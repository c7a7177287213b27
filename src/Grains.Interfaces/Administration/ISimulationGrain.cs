using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>
/// Simulates a programme's draft over the real ledger. It returns aggregates only, and writes nothing but an action in the public record.
/// Key: the programme's name. One simulation runs at a time. Its progress is in memory; reports are kept, see
/// <see cref="ISimulationReportGrain"/>.
/// </summary>
[Alias("scoring.ISimulationGrain"), GrainInterfaceType("simulation")]
public interface ISimulationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts a simulation in the background. It refuses when there is no draft, the draft has problems, a simulation runs already, or
    /// there is no published version to compare with.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    /// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached.</exception>
    [Alias("Start")]
    Task<AdminOutcome> Start(string administrator);

    /// <summary>
    /// Returns the progress of the last simulation, and its report when it is done; <see langword="null"/> when there was none.
    /// </summary>
    [Alias("Find")]
    Task<SimulationView?> Find();

    /// <summary>Cancels the running simulation. Returns <see langword="false"/> when none runs.</summary>
    /// <param name="administrator">The administrator.</param>
    [Alias("Cancel")]
    Task<bool> Cancel(string administrator);
}

/// <summary>A simulation.</summary>
/// <param name="Hash">The draft's hash.</param>
/// <param name="Status">Its status.</param>
/// <param name="PercentDone">Its progress in percent, 0 to 100.</param>
/// <param name="Report">The report; <see langword="null"/> until it is done.</param>
[GenerateSerializer, Immutable, Alias("scoring.simulation-view")]
public sealed record SimulationView(string Hash, SimulationStatus Status, int PercentDone, SimulationReport? Report)
{
    /// <summary>
    /// The reports of the current draft that are kept, newest first. The grain leaves it empty, and the gateway fills it.
    /// </summary>
    [Id(0)]
    public ImmutableArray<KeptReport> Reports { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>The status of a simulation.</summary>
public enum SimulationStatus
{
    /// <summary>It is running.</summary>
    Running = 1,

    /// <summary>It is done.</summary>
    Done = 2,

    /// <summary>An administrator cancelled it.</summary>
    Cancelled = 3,

    /// <summary>It failed. An administrator may start it again.</summary>
    Failed = 4,
}

/// <summary>
/// What a draft would change, in numbers of subjects. Groups below 20 are merged with a neighbour, so that no number describes few people;
/// a programme with fewer than 20 subjects has no distribution. Numbers of subjects are whole multiples of 20, rounded down over a table's
/// running sum. So parts add up to totals, and no difference of two numbers, of one report or of two, describes few people either. "Under
/// the draft" means: as if only the draft's rule set had ever been in force, on the same day.
/// </summary>
/// <param name="Positions">The last ledger position read, by partition. The same positions and draft give the same report.</param>
/// <param name="Day">The day of all scores.</param>
/// <param name="Subjects">The number of subjects.</param>
/// <param name="Entries">The number of entries that were folded.</param>
/// <param name="Now">The distribution of scores now.</param>
/// <param name="Then">The distribution of scores under the draft.</param>
/// <param name="Changes">The distribution of the changes of scores.</param>
/// <param name="Crossings">The numbers of subjects that change from one tier to another.</param>
/// <param name="ByEnrolment">The mean change by length of enrolment in days.</param>
/// <param name="ByActivity">The mean change by number of events.</param>
/// <param name="Examples">Hypothetical histories, computed under both rule sets.</param>
[GenerateSerializer, Immutable, Alias("scoring.simulation-report")]
public sealed record SimulationReport(
    ImmutableArray<long> Positions, DateOnly Day, long Subjects, long Entries, ImmutableArray<Band> Now, ImmutableArray<Band> Then,
    ImmutableArray<Band> Changes, ImmutableArray<Crossing> Crossings, ImmutableArray<Group> ByEnrolment, ImmutableArray<Group> ByActivity,
    ImmutableArray<WorkedExample> Examples);

/// <summary>The number of subjects in a range of points, both ends inclusive.</summary>
/// <param name="From">The least value.</param>
/// <param name="To">The greatest value.</param>
/// <param name="Subjects">The number of subjects, 0 or at least 20.</param>
[GenerateSerializer, Immutable, Alias("scoring.band")]
public sealed record Band(long From, long To, long Subjects);

/// <summary>The number of subjects that change from one tier to another.</summary>
/// <param name="Now">The tier now; <see langword="null"/> in the one row that merges rare changes.</param>
/// <param name="Then">The tier under the draft; <see langword="null"/> in the one row that merges rare changes.</param>
/// <param name="Subjects">The number of subjects, 0 or at least 20.</param>
[GenerateSerializer, Immutable, Alias("scoring.crossing")]
public sealed record Crossing(string? Now, string? Then, long Subjects);

/// <summary>The effect of a draft on a group of subjects.</summary>
/// <param name="From">The least value of the group (days enrolled, or number of events), inclusive.</param>
/// <param name="To">The greatest value of the group, inclusive.</param>
/// <param name="Subjects">The number of subjects, at least 20.</param>
/// <param name="Rising">
/// The number of subjects whose score rises; <see langword="null"/> when it or the number of the others would be from 1 to 19.
/// </param>
/// <param name="Falling">
/// The number of subjects whose score falls; <see langword="null"/> when it or the number of the others would be from 1 to 19.
/// </param>
/// <param name="MeanChangeMilli">The mean change of their scores in thousandths of a point, rounded to the nearest.</param>
[GenerateSerializer, Immutable, Alias("scoring.group")]
public sealed record Group(long From, long To, long Subjects, long? Rising, long? Falling, long MeanChangeMilli);

/// <summary>A hypothetical history, computed under both rule sets.</summary>
/// <param name="Story">What happens in it, in plain words.</param>
/// <param name="Now">The score now.</param>
/// <param name="Then">The score under the draft.</param>
[GenerateSerializer, Immutable, Alias("scoring.worked-example")]
public sealed record WorkedExample(string Story, long Now, long Then);
