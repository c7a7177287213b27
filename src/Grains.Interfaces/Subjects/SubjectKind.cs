namespace Scoring.Subjects;

/// <summary>The kind of subject that a programme scores. It is a property of the programme, never of a person.</summary>
public enum SubjectKind
{
    /// <summary>A resident, who enrols in person.</summary>
    Citizen = 1,

    /// <summary>A vehicle, enrolled by its keeper. Who drove is not recorded.</summary>
    Vehicle = 2,

    /// <summary>A merchant, enrolled by its operator.</summary>
    Merchant = 3,
}
