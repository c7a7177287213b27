using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>A simulation.</summary>
/// <param name="Hash">The draft's hash.</param>
/// <param name="Status">Its status.</param>
/// <param name="PercentDone">Its progress in percent, 0 to 100.</param>
/// <param name="Report">The report; <see langword="null"/> until it is done.</param>
/// <param name="Reports">
/// The kept reports of the current draft, newest first; <see langword="null"/> from a platform that keeps none.
/// </param>
public sealed record SimulationView(
    string Hash, SimulationStatus Status, int PercentDone, SimulationReport? Report, IReadOnlyList<KeptReport>? Reports = null);

/// <summary>A report that is kept.</summary>
/// <param name="Hash">
/// SHA-256 of the report in canonical JSON (RFC 8785), with positions and entries rounded down to a multiple of 256; 64 lower-case
/// hexadecimal digits. Approvals name it.
/// </param>
/// <param name="Draft">The hash of the draft that was simulated.</param>
/// <param name="At">The instant at which the simulation began.</param>
/// <param name="IsNamed">Whether an approval of the draft names it.</param>
/// <param name="Report">The report.</param>
public sealed record KeptReport(string Hash, string Draft, DateTimeOffset At, bool IsNamed, SimulationReport Report);

/// <summary>A report that approvals of a published version named.</summary>
/// <param name="Hash">SHA-256 of <paramref name="Report"/> in canonical JSON (RFC 8785), 64 lower-case hexadecimal digits.</param>
/// <param name="Version">The number of the published version.</param>
/// <param name="Draft">The hash of the draft that became the version.</param>
/// <param name="At">The instant at which the simulation began.</param>
/// <param name="Report">The report, with positions and entries rounded down to a multiple of 256.</param>
public sealed record PublishedReport(string Hash, int Version, string Draft, DateTimeOffset At, SimulationReport Report);

/// <summary>The status of a simulation.</summary>
[JsonConverter(typeof(WordConverter<SimulationStatus>))]
public enum SimulationStatus
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>It is running.</summary>
    Running,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>An administrator cancelled it.</summary>
    Cancelled,

    /// <summary>It failed. An administrator may start it again.</summary>
    Failed,
}

/// <summary>
/// What a draft would change, in numbers of subjects. Groups below 20 are merged with a neighbour, so that no number describes few
/// people; a programme with fewer than 20 subjects has no distribution. Numbers of subjects are whole multiples of 20, rounded down
/// over a table's running sum. So parts add up to totals, and no difference of two numbers, of one report or of two, describes few
/// people either. "Under the draft" means: as if only the draft's rule set had ever been in force, on the same day.
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
public sealed record SimulationReport(
    IReadOnlyList<long> Positions, DateOnly Day, long Subjects, long Entries, IReadOnlyList<Band> Now, IReadOnlyList<Band> Then,
    IReadOnlyList<Band> Changes, IReadOnlyList<Crossing> Crossings, IReadOnlyList<Group> ByEnrolment, IReadOnlyList<Group> ByActivity,
    IReadOnlyList<WorkedExample> Examples);

/// <summary>The number of subjects in a range of points, both ends inclusive.</summary>
/// <param name="From">The least value.</param>
/// <param name="To">The greatest value.</param>
/// <param name="Subjects">The number of subjects, 0 or at least 20.</param>
public sealed record Band(long From, long To, long Subjects);

/// <summary>The number of subjects that change from one tier to another.</summary>
/// <param name="Now">The tier now; <see langword="null"/> in the one row that merges rare changes.</param>
/// <param name="Then">The tier under the draft; <see langword="null"/> in the one row that merges rare changes.</param>
/// <param name="Subjects">The number of subjects, 0 or at least 20.</param>
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
public sealed record Group(long From, long To, long Subjects, long? Rising, long? Falling, long MeanChangeMilli);

/// <summary>A hypothetical history, computed under both rule sets.</summary>
/// <param name="Story">What happens in it, in plain words.</param>
/// <param name="Now">The score now.</param>
/// <param name="Then">The score under the draft.</param>
public sealed record WorkedExample(string Story, long Now, long Then);
