using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>A registration's status, derived from what the store holds now, and the effect of a change.</summary>
/// <param name="Key">The registration.</param>
/// <param name="Published">Everything that is published.</param>
internal sealed record RegistrationLifecycle(RegistrationKey Key, PublishedState Published)
{
    /// <summary>The status; <see langword="null"/> when nothing is registered under the key.</summary>
    public RegistrationStatus? Status { get; } =
        Published.Registrations.TryGetValue(Key.ToString(), out var status) ? status : null;

    /// <summary>The registered document in canonical JSON; <see langword="null"/> when there is none.</summary>
    public byte[]? Document { get; } = Key.Document(Published.Documents);

    /// <summary>The reason why the status refuses a change; <see langword="null"/> when the change is possible.</summary>
    public AdminRefusal? RefusalOf(RegistrationAction act) => (act, Status) switch
    {
        (_, RegistrationStatus.Ended) => AdminRefusal.WrongStatus,
        (RegistrationAction.Register, _) => null,
        (_, null) => AdminRefusal.Unknown,
        (RegistrationAction.Suspend, RegistrationStatus.Registered) => null,
        (RegistrationAction.Resume, RegistrationStatus.Suspended) => null,
        (RegistrationAction.End, _) => null,
        _ => AdminRefusal.WrongStatus,
    };

    /// <summary>
    /// The status after a change. A new version of a suspended registration stays suspended, so that keys can be replaced before it
    /// resumes.
    /// </summary>
    public RegistrationStatus After(RegistrationAction act) => act switch
    {
        RegistrationAction.Register => Status ?? RegistrationStatus.Registered,
        RegistrationAction.Suspend => RegistrationStatus.Suspended,
        RegistrationAction.Resume => RegistrationStatus.Registered,
        RegistrationAction.End => RegistrationStatus.Ended,
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// The programme whose record an action belongs to: a service's own programme; <see langword="null"/> for event types and sources,
    /// which concern all programmes.
    /// </summary>
    /// <param name="document">The registered or proposed document.</param>
    public ProgrammeId? Programme(byte[] document)
    {
        if (Key.Kind != RegistrationKind.Service) return null;
        using var parsed = JsonDocument.Parse(document);
        return ProgrammeId.Parse(parsed.RootElement.GetProperty("programme").GetString()!);
    }

    /// <summary>The details of an action about this registration, in canonical JSON.</summary>
    public byte[] Details() => CanonicalJson.Write(new JsonObject { ["registration"] = Key.ToString() });

    /// <summary>The word in the public record for a change that takes effect, one of <see cref="AdminActions"/>.</summary>
    public static string Word(RegistrationAction act) => act switch
    {
        RegistrationAction.Register => AdminActions.Registered,
        RegistrationAction.Suspend => AdminActions.RegistrationSuspended,
        RegistrationAction.Resume => AdminActions.RegistrationResumed,
        RegistrationAction.End => AdminActions.RegistrationEnded,
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// The hash that identifies a proposal: SHA-256 of the action's word, a line feed and the document, 64 lower-case hexadecimal digits.
    /// </summary>
    public static string Hash(RegistrationAction act, ReadOnlySpan<byte> document) =>
        CanonicalJson.Hash([.. Encoding.UTF8.GetBytes(Word(act)), (byte)'\n', .. document]);
}
