namespace Scoring.Subjects;

/// <summary>What kind of subject a programme scores. A kind is a property of the programme, never of a person.</summary>
public enum SubjectKind
{
    /// <summary>A resident, enrolled by themself.</summary>
    Citizen = 1,

    /// <summary>A vehicle, enrolled by its keeper. Who drove is not recorded.</summary>
    Vehicle = 2,

    /// <summary>A merchant, enrolled by its operator.</summary>
    Merchant = 3,
}
