using System.Collections.Immutable;
using Scoring.Enrolments;
using Scoring.Hosting;

namespace Scoring.Contests;

/// <summary>
/// Opens and lists a participant's contests. A reentrant stateless worker with key 0, as <see cref="IEnrolmentGrain"/>. What does not exist
/// or belongs to another participant gives <see cref="ContestRefusal.Unknown"/> or <see langword="null"/>, for every reason the same.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.IContestGrain"), GrainInterfaceType("contest")]
public interface IContestGrain : IGrainWithIntegerKey
{
    /// <summary>Contests one event. The contest's entry suspends the event's harm.</summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="turn">The event's turn.</param>
    /// <param name="ground">The ground.</param>
    [Alias("Open"), AnySilo]
    Task<ContestOutcome> Open(OwnSubject own, long turn, ContestGround ground);

    /// <summary>Lists all contests of a subject, newest first; <see langword="null"/> when there is no such subject.</summary>
    /// <param name="own">The participant's subject.</param>
    [Alias("List"), AnySilo]
    Task<ImmutableArray<ContestView>?> List(OwnSubject own);

    /// <summary>Adds a further ground, once and while the contest is open. The due day moves (default 15 days).</summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="ground">A ground that the contest does not have yet.</param>
    [Alias("AddMaterial"), AnySilo]
    Task<ContestOutcome> AddMaterial(OwnSubject own, string caseId, ContestGround ground);
}

/// <summary>A contest as its participant sees it. All days are in the programme's zone.</summary>
/// <param name="Case">Its random name, 22 characters of base64url: the only name by which administrators know it.</param>
/// <param name="Turn">The contested event's turn.</param>
/// <param name="Ground">The ground on which it was opened.</param>
/// <param name="Material">The ground added later, or <see langword="null"/>.</param>
/// <param name="OpenedOn">The day on which it was opened.</param>
/// <param name="DueOn">The last day on which a rejection counts. A contest that is undecided past it is upheld.</param>
/// <param name="State">Its state.</param>
/// <param name="Reason">The reason of the decision; <see langword="null"/> while it is open.</param>
/// <param name="DecidedOn">The day of the decision; <see langword="null"/> while it is open.</param>
[GenerateSerializer, Immutable, Alias("scoring.contest-view")]
public sealed record ContestView(
    string Case, long Turn, ContestGround Ground, ContestGround? Material, DateOnly OpenedOn, DateOnly DueOn, ContestState State,
    ContestReason? Reason, DateOnly? DecidedOn)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(ContestView);
}

/// <summary>The outcome of a participant's step in a contest. Exactly one member is set.</summary>
/// <param name="Contest">The contest after the step.</param>
/// <param name="Refusal">Why the step was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.contest-outcome")]
public sealed record ContestOutcome(ContestView? Contest, ContestRefusal? Refusal);

/// <summary>Why a step of a contest is refused.</summary>
public enum ContestRefusal
{
    /// <summary>The participant has no such subject, or the subject has no such case.</summary>
    Unknown = 1,

    /// <summary>No event of the subject has that turn, or the event has expired.</summary>
    EventUnknown = 2,

    /// <summary>The event was contested before. An event can be contested once.</summary>
    ContestedAlready = 3,

    /// <summary>A correction has taken the event away already.</summary>
    CorrectedAlready = 4,

    /// <summary>The subject has its greatest number of open contests (default 32).</summary>
    TooMany = 5,

    /// <summary>The contest is decided, or its due day has passed.</summary>
    Closed = 6,

    /// <summary>The participant added material already. A contest can be extended once.</summary>
    ExtendedAlready = 7,

    /// <summary>The contest has that ground already, so it is no new material.</summary>
    GroundGiven = 8,

    /// <summary>The administrator wrote or approved the rules, runs the source, or is the participant.</summary>
    NotIndependent = 9,

    /// <summary>The due day has passed, so the contest can no longer be rejected.</summary>
    Overdue = 10,

    /// <summary>The contest is decided.</summary>
    DecidedAlready = 11,

    /// <summary>The reason does not match the decision, or only the platform may use it.</summary>
    ReasonDoesNotFit = 12,
}
