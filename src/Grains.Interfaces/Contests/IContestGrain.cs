using System.Collections.Immutable;
using Scoring.Enrolments;

namespace Scoring.Contests;

/// <summary>
/// A participant's contests. A reentrant stateless worker with key 0, as <see cref="IEnrolmentGrain"/>: what is not there or not theirs is
/// <see cref="ContestRefusal.Unknown"/> or <see langword="null"/>, whatever the reason.
/// </summary>
[Alias("scoring.IContestGrain"), GrainInterfaceType("contest")]
public interface IContestGrain : IGrainWithIntegerKey
{
    /// <summary>Contests one event. Its harm is suspended from the entry on that this makes.</summary>
    /// <param name="own">Whose.</param>
    /// <param name="turn">The event's turn.</param>
    /// <param name="ground">On what ground.</param>
    [Alias("Open")]
    Task<ContestOutcome> Open(OwnSubject own, long turn, ContestGround ground);

    /// <summary>All contests of a subject, newest first; <see langword="null"/> when there is no such subject.</summary>
    [Alias("List")]
    Task<ImmutableArray<ContestView>?> List(OwnSubject own);

    /// <summary>Gives a further ground, once and while the contest is open: the due day moves (by 15 days unless set otherwise).</summary>
    /// <param name="own">Whose.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="ground">A ground not given before.</param>
    [Alias("AddMaterial")]
    Task<ContestOutcome> AddMaterial(OwnSubject own, string caseId, ContestGround ground);
}

/// <summary>A contest as its participant sees it. All days are the programme's.</summary>
/// <param name="Case">Its random name, 22 characters of base64url: the only one that the city knows it by.</param>
/// <param name="Turn">The contested event's turn.</param>
/// <param name="Ground">The ground on which it was opened.</param>
/// <param name="Material">The ground given later, or <see langword="null"/>.</param>
/// <param name="OpenedOn">When.</param>
/// <param name="DueOn">The last day on which a rejection counts; undecided past it, the contest is upheld.</param>
/// <param name="State">How it stands.</param>
/// <param name="Reason">Why it was decided so; <see langword="null"/> while it is open.</param>
/// <param name="DecidedOn">When; <see langword="null"/> while it is open.</param>
[GenerateSerializer, Immutable, Alias("scoring.contest-view")]
public sealed record ContestView(
    string Case, long Turn, ContestGround Ground, ContestGround? Material, DateOnly OpenedOn, DateOnly DueOn, ContestState State,
    ContestReason? Reason, DateOnly? DecidedOn);

/// <summary>What became of a participant's step. Exactly one member is set.</summary>
/// <param name="Contest">The contest as it stands now.</param>
/// <param name="Refusal">Why nothing was done.</param>
[GenerateSerializer, Immutable, Alias("scoring.contest-outcome")]
public sealed record ContestOutcome(ContestView? Contest, ContestRefusal? Refusal);

/// <summary>Why a step of a contest is refused.</summary>
public enum ContestRefusal
{
    /// <summary>There is no such subject of the participant, or no such case of the subject.</summary>
    Unknown = 1,

    /// <summary>No event of the subject has that turn, or it is kept no longer.</summary>
    EventUnknown = 2,

    /// <summary>The event was contested before: once is all.</summary>
    ContestedAlready = 3,

    /// <summary>The event was taken away already.</summary>
    CorrectedAlready = 4,

    /// <summary>The subject has its greatest number of open contests (default 32).</summary>
    TooMany = 5,

    /// <summary>The contest is decided, or its due day is over.</summary>
    Closed = 6,

    /// <summary>New material was given already: once is all.</summary>
    ExtendedAlready = 7,

    /// <summary>That ground was given before: it is no new material.</summary>
    GroundGiven = 8,

    /// <summary>The administrator wrote the rule, runs the source or is the participant.</summary>
    NotIndependent = 9,

    /// <summary>The due day is over, so it can no longer be rejected.</summary>
    Overdue = 10,

    /// <summary>It is decided.</summary>
    DecidedAlready = 11,

    /// <summary>The reason does not go with the decision, or is the platform's own.</summary>
    ReasonDoesNotFit = 12,
}
