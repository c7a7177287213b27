using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>A request to open an audit case.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Purpose">The purpose of the audit.</param>
/// <param name="ExpiresOn">The case's last day.</param>
public sealed record AuditCaseRequest(string Programme, AuditPurpose Purpose, DateOnly ExpiresOn);

/// <summary>
/// A case of an auditor in one programme. Every access of an auditor belongs to a case. Only the auditor who opened it may use it.
/// </summary>
/// <param name="Case">An opaque name, 22 characters of base64url.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Purpose">The purpose of the audit.</param>
/// <param name="OpenedOn">The day on which it was opened, in the programme's zone.</param>
/// <param name="ExpiresOn">The last day on which it can be used, in the programme's zone.</param>
public sealed record AuditCase(string Case, string Programme, AuditPurpose Purpose, DateOnly OpenedOn, DateOnly ExpiresOn);

/// <summary>
/// The purpose of an audit. The list is closed: no case has a text of its own. The words are stored and hashed: add members, never
/// rename one.
/// </summary>
[JsonConverter(typeof(WordConverter<AuditPurpose>))]
public enum AuditPurpose
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>A person has complained.</summary>
    Complaint,

    /// <summary>An authority or the programme's own oversight inspects regularly.</summary>
    Supervision,

    /// <summary>An incident is investigated.</summary>
    Incident,

    /// <summary>The accuracy of scores is checked by a sample.</summary>
    Accuracy,
}

/// <summary>A request to make an audit code.</summary>
/// <param name="ExpiresOn">The code's last day; the latest allowed day when absent.</param>
public sealed record AuditCodeRequest(DateOnly? ExpiresOn = null);

/// <summary>An audit code. It is shown once.</summary>
/// <param name="Code">The code that the participant gives to an auditor, 22 characters of base64url.</param>
/// <param name="ExpiresOn">The last day on which it can be used, in the programme's zone.</param>
public sealed record AuditCode(string Code, DateOnly ExpiresOn);
