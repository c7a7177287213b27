using Scoring.Programmes;

namespace Scoring.Audit;

/// <summary>
/// The purpose of an audit. The list is closed: no case has a text of its own. The words are stored and hashed: add members, never rename
/// one.
/// </summary>
public enum AuditPurpose
{
    /// <summary>A person has complained.</summary>
    Complaint = 1,

    /// <summary>An authority or the programme's own oversight inspects regularly.</summary>
    Supervision = 2,

    /// <summary>An incident is investigated.</summary>
    Incident = 3,

    /// <summary>The accuracy of scores is checked by a sample.</summary>
    Accuracy = 4,
}

/// <summary>
/// A case of an auditor in one programme. Every access of an auditor belongs to a case. Only the auditor who opened it may use it.
/// </summary>
/// <param name="Case">An opaque name, 22 characters of base64url.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Purpose">The purpose of the audit.</param>
/// <param name="OpenedOn">The day on which it was opened, in the programme's zone.</param>
/// <param name="ExpiresOn">The last day on which it can be used, in the programme's zone.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-case")]
public sealed record AuditCase(string Case, ProgrammeId Programme, AuditPurpose Purpose, DateOnly OpenedOn, DateOnly ExpiresOn)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(AuditCase);
}

/// <summary>
/// Names a subject to an auditor without saying who it is, in exactly one way. A pick needs its draw.
/// </summary>
/// <param name="Reference">The reference of an answer to a service's query.</param>
/// <param name="Contest">The name of a contest, as its participant sees it.</param>
/// <param name="AuditCode">A code that the participant made for the auditor.</param>
/// <param name="Draw">A draw of the same case.</param>
/// <param name="Pick">The number of a subject in the draw, from 1.</param>
[GenerateSerializer, Immutable, Alias("scoring.named-subject")]
public sealed record NamedSubject(
    string? Reference = null, string? Contest = null, string? AuditCode = null, string? Draw = null, int? Pick = null)
{
    /// <summary>The length of every name in characters.</summary>
    public const int NameChars = 22;

    /// <summary>Tells whether exactly one name is set, and has a valid length.</summary>
    public bool IsOne()
    {
        string?[] names = [Reference, Contest, AuditCode, Draw];
        return names.Count(name => name is not null) == 1 && names.All(name => name is null or { Length: NameChars })
            && (Draw is null) == (Pick is null) && Pick is null or > 0;
    }

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(NamedSubject);
}

/// <summary>The state of a history that is requested: at most one member is set; none means the current state.</summary>
/// <param name="Turn">The entries up to this turn: on the day of that entry if it is an access, else on the latest of their days.</param>
/// <param name="Day">The current entries, on this past day.</param>
/// <param name="Checkpoint">The entries that this checkpoint covers, on the checkpoint's day.</param>
[GenerateSerializer, Immutable, Alias("scoring.as-of")]
public sealed record AsOf(long? Turn = null, DateOnly? Day = null, long? Checkpoint = null)
{
    /// <summary>Tells whether at most one member is set, and its number is above 0.</summary>
    public bool IsOne() =>
        (Turn is null ? 0 : 1) + (Day is null ? 0 : 1) + (Checkpoint is null ? 0 : 1) <= 1 && Turn is null or > 0
            && Checkpoint is null or > 0;
}

/// <summary>Why a request of an auditor, or of a participant for an audit code, is refused.</summary>
public enum AuditRefusal
{
    /// <summary>No such programme.</summary>
    ProgrammeUnknown = 1,

    /// <summary>The last day is in the past or too far in the future.</summary>
    ExpiryOutOfRange = 2,

    /// <summary>The greatest number of cases, draws or codes is reached, or the draw asks for too many subjects.</summary>
    TooMany = 3,

    /// <summary>The auditor has no such case, or it has expired.</summary>
    CaseUnknown = 4,

    /// <summary>The name leads to no subject in the case's programme.</summary>
    SubjectUnknown = 5,

    /// <summary>The history has no such turn or day, or there is no such checkpoint.</summary>
    AsOfUnknown = 6,

    /// <summary>The auditor's cases have no such draw.</summary>
    DrawUnknown = 7,
}
