using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>How a registration stands by what the store holds now, and what a change would make of it.</summary>
internal sealed record RegistrationStanding(RegistrationKey Key, PublishedState Published)
{
    public RegistrationStatus? Status { get; } =
        Published.Registrations.TryGetValue(Key.ToString(), out var status) ? status : null;

    public byte[]? Document { get; } = Key.Document(Published.Documents);

    /// <summary>Why a change cannot be made as it stands; <see langword="null"/> when it can.</summary>
    public AdminRefusal? Hinders(RegistrationAct act) => (act, Status) switch
    {
        (_, RegistrationStatus.Ended) => AdminRefusal.WrongStatus,
        (RegistrationAct.Register, _) => null,
        (_, null) => AdminRefusal.Unknown,
        (RegistrationAct.Suspend, RegistrationStatus.Registered) => null,
        (RegistrationAct.Resume, RegistrationStatus.Suspended) => null,
        (RegistrationAct.End, _) => null,
        _ => AdminRefusal.WrongStatus,
    };

    /// <summary>
    /// How it stands after a change. A later version of what is suspended stays suspended: keys may be mended before it resumes.
    /// </summary>
    public RegistrationStatus After(RegistrationAct act) => act switch
    {
        RegistrationAct.Register => Status ?? RegistrationStatus.Registered,
        RegistrationAct.Suspend => RegistrationStatus.Suspended,
        RegistrationAct.Resume => RegistrationStatus.Registered,
        RegistrationAct.End => RegistrationStatus.Ended,
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
    public static string Word(RegistrationAct act) => act switch
    {
        RegistrationAct.Register => Acts.Registered,
        RegistrationAct.Suspend => Acts.RegistrationSuspended,
        RegistrationAct.Resume => Acts.RegistrationResumed,
        RegistrationAct.End => Acts.RegistrationEnded,
        _ => throw new UnreachableException(),
    };

    /// <summary>Names what was proposed: SHA-256 of the act's word, a line feed and the document.</summary>
    public static string Hash(RegistrationAct act, ReadOnlySpan<byte> document) =>
        CanonicalJson.Hash([.. Encoding.UTF8.GetBytes(Word(act)), (byte)'\n', .. document]);
}
