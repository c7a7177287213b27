namespace Scoring.Contests;

/// <summary>On what grounds a participant contests an event. A closed list, because no prose about a person is taken anywhere.</summary>
public enum ContestGround
{
    /// <summary>It was somebody or something else: another card, driver, vehicle, business.</summary>
    NotMine = 1,

    /// <summary>Nothing of the kind happened.</summary>
    DidNotHappen = 2,

    /// <summary>It happened, but an attribute is wrong: an amount, a speed, a code.</summary>
    WrongValue = 3,

    /// <summary>It happened on another day.</summary>
    WrongDay = 4,

    /// <summary>The same thing stands in the history twice.</summary>
    CountedTwice = 5,

    /// <summary>It has nothing to do with what the programme says it is for.</summary>
    OutsidePurpose = 6,
}

/// <summary>Why a contest was decided as it was. The first two reject it, all others uphold it.</summary>
public enum ContestReason
{
    /// <summary>Rejected: the source showed evidence of the event as it stands.</summary>
    SourceConfirmed = 1,

    /// <summary>Rejected: the event is right as it stands, by what the case file holds.</summary>
    EventCorrect = 2,

    /// <summary>Upheld: the source has no evidence, or did not answer.</summary>
    SourceCouldNotConfirm = 3,

    /// <summary>Upheld: an attribute is wrong.</summary>
    ValueWasWrong = 4,

    /// <summary>Upheld: the day is wrong.</summary>
    DayWasWrong = 5,

    /// <summary>Upheld: the same thing stands in the history twice.</summary>
    CountedTwice = 6,

    /// <summary>Upheld: it is not about the subject.</summary>
    NotTheSubjects = 7,

    /// <summary>Upheld: it is outside the programme's purpose.</summary>
    OutsidePurpose = 8,

    /// <summary>Upheld, by the platform alone: nobody had decided by the due day.</summary>
    UndecidedInTime = 9,
}

/// <summary>How a contest stands.</summary>
public enum ContestState
{
    /// <summary>Open: the event's harm is suspended.</summary>
    Open = 1,

    /// <summary>Decided for the participant, or undecided past its due day, which is the same: the event counts nothing any more.</summary>
    Upheld = 2,

    /// <summary>Decided against the participant: the event counts as before.</summary>
    Rejected = 3,
}
