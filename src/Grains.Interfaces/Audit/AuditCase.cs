using Scoring.Programmes;

namespace Scoring.Audit;

/// <summary>
/// Why an auditor looks. A closed list: no case has a text of its own. Stored and hashed by their words: add, never rename.
/// </summary>
public enum AuditPurpose
{
    /// <summary>Somebody has complained.</summary>
    Complaint = 1,

    /// <summary>An authority or the programme's own oversight looks regularly.</summary>
    Supervision = 2,

    /// <summary>Something has gone wrong.</summary>
    Incident = 3,

    /// <summary>Whether scores are right, by a sample.</summary>
    Accuracy = 4,
}

/// <summary>A case: what every look of an auditor belongs to. In one programme, its auditor's alone, ended by its day.</summary>
/// <param name="Case">An opaque name, 22 characters.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Purpose">Why.</param>
/// <param name="OpenedOn">When, in the programme's zone.</param>
/// <param name="ExpiresOn">The last day on which it is good for anything.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-case")]
public sealed record AuditCase(string Case, ProgrammeId Programme, AuditPurpose Purpose, DateOnly OpenedOn, DateOnly ExpiresOn);

/// <summary>
/// How an auditor names a subject without knowing who it is: exactly one way. A pick needs its draw.
/// </summary>
/// <param name="Reference">Of a service's question.</param>
/// <param name="Contest">Of a contest, as its participant has it.</param>
/// <param name="AuditCode">Made by the participant for this.</param>
/// <param name="Draw">A draw of the same case.</param>
/// <param name="Pick">Which of those drawn, from 1.</param>
[GenerateSerializer, Immutable, Alias("scoring.named-subject")]
public sealed record NamedSubject(
    string? Reference = null, string? Contest = null, string? AuditCode = null, string? Draw = null, int? Pick = null)
{
    /// <summary>Length of every name.</summary>
    public const int NameChars = 22;

    /// <summary>Whether it is exactly one name of the form.</summary>
    public bool IsOne()
    {
        string?[] names = [Reference, Contest, AuditCode, Draw];
        return names.Count(name => name is not null) == 1 && names.All(name => name is null or { Length: NameChars })
            && (Draw is null) == (Pick is null) && Pick is null or > 0;
    }
}

/// <summary>As of when a history is asked for: at most one member is set; none means now.</summary>
/// <param name="Turn">Entries up to this turn, on the day that this entry was asked on, or else the latest of their days.</param>
/// <param name="Day">What the entries of now give on a past day.</param>
/// <param name="Checkpoint">Entries that a checkpoint covers, on its day.</param>
[GenerateSerializer, Immutable, Alias("scoring.as-of")]
public sealed record AsOf(long? Turn = null, DateOnly? Day = null, long? Checkpoint = null)
{
    /// <summary>Whether no more than one member is set, and to something that can be.</summary>
    public bool IsOne() =>
        (Turn is null ? 0 : 1) + (Day is null ? 0 : 1) + (Checkpoint is null ? 0 : 1) <= 1 && Turn is null or > 0
            && Checkpoint is null or > 0;
}

/// <summary>Why an auditor, or a participant who wants to be audited, is refused.</summary>
public enum AuditRefusal
{
    /// <summary>No such programme.</summary>
    ProgrammeUnknown = 1,

    /// <summary>The last day lies in the past, or too far ahead.</summary>
    ExpiryOutOfRange = 2,

    /// <summary>So many cases, draws or codes are there already.</summary>
    TooMany = 3,

    /// <summary>No such case of this auditor, or it has ended.</summary>
    CaseUnknown = 4,

    /// <summary>The name leads to nobody in the case's programme.</summary>
    SubjectUnknown = 5,

    /// <summary>There is no such turn, day or checkpoint of it.</summary>
    AsOfUnknown = 6,

    /// <summary>No such draw of this case.</summary>
    DrawUnknown = 7,
}
