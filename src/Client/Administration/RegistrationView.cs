using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>A registration.</summary>
/// <param name="Kind">The kind of registration.</param>
/// <param name="Id">Its name.</param>
/// <param name="Status">Its status; <see langword="null"/> before it is registered.</param>
/// <param name="Document">The document in JSON, as it was sent or in canonical form.</param>
/// <param name="Proposal">The proposed change, if there is one.</param>
public sealed record RegistrationView(
    RegistrationKind Kind, string Id, RegistrationStatus? Status, JsonElement? Document, ProposalView? Proposal);

/// <summary>The kinds of registrations.</summary>
[JsonConverter(typeof(WordConverter<RegistrationKind>))]
public enum RegistrationKind
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>An event type.</summary>
    EventType,

    /// <summary>A source.</summary>
    Source,

    /// <summary>A service.</summary>
    Service,
}

/// <summary>The status of a registration.</summary>
[JsonConverter(typeof(WordConverter<RegistrationStatus>))]
public enum RegistrationStatus
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>It is in use.</summary>
    Registered,

    /// <summary>It is suspended.</summary>
    Suspended,

    /// <summary>It has ended permanently.</summary>
    Ended,
}

/// <summary>A change of a registration.</summary>
[JsonConverter(typeof(WordConverter<RegistrationAction>))]
public enum RegistrationAction
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>Registers it, or replaces it by a later version. A service's year starts again.</summary>
    Register,

    /// <summary>Suspends it.</summary>
    Suspend,

    /// <summary>Resumes it.</summary>
    Resume,

    /// <summary>Ends it permanently.</summary>
    End,
}

/// <summary>A proposed change of a registration.</summary>
/// <param name="Act">The kind of change.</param>
/// <param name="Hash">
/// SHA-256 of the kind of change and the canonical document, 64 lower-case hexadecimal digits. The approval names it.
/// </param>
/// <param name="Author">The administrator who proposed it.</param>
/// <param name="At">The instant at which it was proposed.</param>
/// <param name="Document">The document in JSON, as it was sent or in canonical form.</param>
/// <param name="Differences">The differences from what is registered, in words.</param>
public sealed record ProposalView(
    RegistrationAction Act, string Hash, string Author, DateTimeOffset At, JsonElement? Document, IReadOnlyList<string> Differences);
