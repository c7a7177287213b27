using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>A request to contest an event.</summary>
/// <param name="Turn">The event's turn in the subject's history.</param>
/// <param name="Ground">The ground of the contest.</param>
public sealed record ContestRequest(long Turn, ContestGround Ground);

/// <summary>New material for a contest.</summary>
/// <param name="Ground">A ground that was not given before.</param>
public sealed record MaterialRequest(ContestGround Ground);

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
public sealed record ContestView(
    string Case, long Turn, ContestGround Ground, ContestGround? Material, DateOnly OpenedOn, DateOnly DueOn, ContestState State,
    ContestReason? Reason, DateOnly? DecidedOn);

/// <summary>
/// The grounds on which a participant contests an event. The list is closed: the platform takes no prose about a person.
/// </summary>
[JsonConverter(typeof(WordConverter<ContestGround>))]
public enum ContestGround
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>The event is about another subject: another card, driver, vehicle or business.</summary>
    NotMine,

    /// <summary>The event did not happen.</summary>
    DidNotHappen,

    /// <summary>The event happened, but an attribute is wrong: an amount, a speed, a code.</summary>
    WrongValue,

    /// <summary>The event happened on another day.</summary>
    WrongDay,

    /// <summary>The history holds the same event twice.</summary>
    CountedTwice,

    /// <summary>The event is outside the programme's purpose.</summary>
    OutsidePurpose,
}

/// <summary>The state of a contest.</summary>
[JsonConverter(typeof(WordConverter<ContestState>))]
public enum ContestState
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>Open: the event's harm is suspended.</summary>
    Open,

    /// <summary>Decided for the participant, or undecided past its due day, which means the same: the event no longer counts.</summary>
    Upheld,

    /// <summary>Decided against the participant: the event counts as before.</summary>
    Rejected,
}

/// <summary>The reasons of a decision on a contest. The list is closed.</summary>
[JsonConverter(typeof(WordConverter<ContestReason>))]
public enum ContestReason
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>Rejected: the source showed evidence of the event as it is recorded.</summary>
    SourceConfirmed,

    /// <summary>Rejected: the event is correct as recorded, by what the case file holds.</summary>
    EventCorrect,

    /// <summary>Upheld: the source has no evidence, or did not answer.</summary>
    SourceCouldNotConfirm,

    /// <summary>Upheld: an attribute is wrong.</summary>
    ValueWasWrong,

    /// <summary>Upheld: the day is wrong.</summary>
    DayWasWrong,

    /// <summary>Upheld: the history holds the same event twice.</summary>
    CountedTwice,

    /// <summary>Upheld: the event is not about the subject.</summary>
    NotTheSubjects,

    /// <summary>Upheld: the event is outside the programme's purpose.</summary>
    OutsidePurpose,

    /// <summary>Upheld, only by the platform: the contest was undecided on its due day.</summary>
    UndecidedInTime,
}
