namespace Scoring.Contests;

/// <summary>The grounds on which a participant contests an event. The list is closed: the platform takes no prose about a person.</summary>
public enum ContestGround
{
    /// <summary>The event is about another subject: another card, driver, vehicle or business.</summary>
    NotMine = 1,

    /// <summary>The event did not happen.</summary>
    DidNotHappen = 2,

    /// <summary>The event happened, but an attribute is wrong: an amount, a speed, a code.</summary>
    WrongValue = 3,

    /// <summary>The event happened on another day.</summary>
    WrongDay = 4,

    /// <summary>The history holds the same event twice.</summary>
    CountedTwice = 5,

    /// <summary>The event is outside the programme's purpose.</summary>
    OutsidePurpose = 6,
}

/// <summary>The reason of a decision. The first two reject the contest, all others uphold it.</summary>
public enum ContestReason
{
    /// <summary>Rejected: the source showed evidence of the event as it is recorded.</summary>
    SourceConfirmed = 1,

    /// <summary>Rejected: the event is correct as recorded, by what the case file holds.</summary>
    EventCorrect = 2,

    /// <summary>Upheld: the source has no evidence, or did not answer.</summary>
    SourceCouldNotConfirm = 3,

    /// <summary>Upheld: an attribute is wrong.</summary>
    ValueWasWrong = 4,

    /// <summary>Upheld: the day is wrong.</summary>
    DayWasWrong = 5,

    /// <summary>Upheld: the history holds the same event twice.</summary>
    CountedTwice = 6,

    /// <summary>Upheld: the event is not about the subject.</summary>
    NotTheSubjects = 7,

    /// <summary>Upheld: the event is outside the programme's purpose.</summary>
    OutsidePurpose = 8,

    /// <summary>Upheld, only by the platform: the contest was undecided on its due day.</summary>
    UndecidedInTime = 9,
}

/// <summary>The state of a contest.</summary>
public enum ContestState
{
    /// <summary>Open: the event's harm is suspended.</summary>
    Open = 1,

    /// <summary>Decided for the participant, or undecided past its due day, which means the same: the event no longer counts.</summary>
    Upheld = 2,

    /// <summary>Decided against the participant: the event counts as before.</summary>
    Rejected = 3,
}
