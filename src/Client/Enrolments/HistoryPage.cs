using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>A page of the participant's own entries.</summary>
/// <param name="Entries">The entries, newest first.</param>
/// <param name="Below">The next page has the turns below this; <see langword="null"/> at the end.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, long? Below);

/// <summary>An entry of a subject's history.</summary>
/// <param name="Turn">Its turn.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Day">Its day, in the programme's zone.</param>
/// <param name="Body">The entry's body as it is stored and hashed; its members depend on the kind.</param>
public sealed record HistoryEntry(long Turn, EntryKind Kind, DateOnly Day, JsonElement? Body);

/// <summary>What an entry of the ledger records. The numbers are stored and hashed: add members, never renumber them.</summary>
[JsonConverter(typeof(WordConverter<EntryKind>))]
public enum EntryKind
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>The place of an entry that was erased. It has no body.</summary>
    Erased,

    /// <summary>An event of a source.</summary>
    Event,

    /// <summary>A query of a service that got an answer.</summary>
    Queried,

    /// <summary>An access by an administrator or an auditor.</summary>
    Looked,

    /// <summary>The effect of an event is taken away.</summary>
    Corrected,

    /// <summary>A contest was opened.</summary>
    ContestOpened,

    /// <summary>A contest was decided.</summary>
    ContestDecided,

    /// <summary>The enrolment.</summary>
    Enrolled,

    /// <summary>A handle was linked.</summary>
    HandleLinked,

    /// <summary>A handle was unlinked.</summary>
    HandleUnlinked,

    /// <summary>A grant was given.</summary>
    Granted,

    /// <summary>A grant was revoked.</summary>
    GrantRevoked,

    /// <summary>The subject was paused.</summary>
    Restricted,

    /// <summary>The pause ended.</summary>
    RestrictionLifted,

    /// <summary>The subject left.</summary>
    Withdrawn,

    /// <summary>An entry without content that fills a log up.</summary>
    Padding,

    /// <summary>A public act of an administrator.</summary>
    Act,

    /// <summary>Consent was renewed.</summary>
    ConsentRenewed,

    /// <summary>New material was added to a contest.</summary>
    ContestExtended,

    /// <summary>Entries past their retention were erased.</summary>
    Expired,

    /// <summary>A log was filled up with random leaves.</summary>
    Padded,

    /// <summary>The participant made an audit code.</summary>
    AuditCodeGiven,
}
