using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>How a registration stands by what the store holds now, and what a change would make of it.</summary>
internal sealed record RegistrationLifecycle(RegistrationKey Key, PublishedState Published)
{
    public RegistrationStatus? Status { get; } =
        Published.Registrations.TryGetValue(Key.ToString(), out var status) ? status : null;

    public byte[]? Document { get; } = Key.Document(Published.Documents);

    /// <summary>Why a change cannot be made as it stands; <see langword="null"/> when it can.</summary>
    public AdminRefusal? Hinders(RegistrationAction act) => (act, Status) switch
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
    /// How it stands after a change. A later version of what is suspended stays suspended: keys may be mended before it resumes.
    /// </summary>
    public RegistrationStatus After(RegistrationAction act) => act switch
    {
        RegistrationAction.Register => Status ?? RegistrationStatus.Registered,
        RegistrationAction.Suspend => RegistrationStatus.Suspended,
        RegistrationAction.Resume => RegistrationStatus.Registered,
        RegistrationAction.End => RegistrationStatus.Ended,
        _ => throw new UnreachableException(),
    };

    /// <summary>The programme whose record an act belongs to: a service's own; event types and sources concern all.</summary>
    public ProgrammeId? Programme(byte[] document)
    {
        if (Key.Kind != RegistrationKind.Service) return null;
        using var parsed = JsonDocument.Parse(document);
        return ProgrammeId.Parse(parsed.RootElement.GetProperty("programme").GetString()!);
    }

    public byte[] Details() => CanonicalJson.Write(new JsonObject { ["registration"] = Key.ToString() });

    /// <summary>The word of the record for a change that takes effect.</summary>
    public static string Word(RegistrationAction act) => act switch
    {
        RegistrationAction.Register => AdminActions.Registered,
        RegistrationAction.Suspend => AdminActions.RegistrationSuspended,
        RegistrationAction.Resume => AdminActions.RegistrationResumed,
        RegistrationAction.End => AdminActions.RegistrationEnded,
        _ => throw new UnreachableException(),
    };

    /// <summary>Names what was proposed: SHA-256 of the act's word, a line feed and the document.</summary>
    public static string Hash(RegistrationAction act, ReadOnlySpan<byte> document) =>
        CanonicalJson.Hash([.. Encoding.UTF8.GetBytes(Word(act)), (byte)'\n', .. document]);
}
