using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;

namespace Scoring.SetAside;

/// <summary>
/// Shows administrators which entries no fold could value, as numbers without persons, and has them folded again once a rule, an event type
/// or the code is mended. A stateless worker with key 0.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.ISetAsideGrain"), GrainInterfaceType("set-aside")]
public interface ISetAsideGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Returns the entries that are set aside, in groups. Only entries that a fold has met are known: an event about a subject that is not
    /// active is folded by its next query.
    /// </summary>
    [Alias("Find"), AnySilo]
    Task<SetAsideView> Find();

    /// <summary>
    /// Has every known entry of a programme that is set aside folded again, in the background: the snapshots of the subjects concerned are
    /// dropped, and their folds are made from the ledger. Nothing is written to the ledger but the action in the public record. It refuses
    /// as <see cref="AdminRefusal.Unknown"/> when nothing of the programme is set aside. A repeated call while one is under way changes
    /// nothing.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    /// <param name="programme">The programme.</param>
    [Alias("Replay"), AnySilo]
    Task<AdminOutcome> Replay(string administrator, ProgrammeId programme);
}

/// <summary>The entries that are set aside.</summary>
/// <param name="Groups">The groups, by programme, kind, event type, rule set and fault; at most 1,000.</param>
/// <param name="Replaying">The names of the programmes whose entries are being folded again.</param>
[GenerateSerializer, Immutable, Alias("scoring.set-aside-view")]
public sealed record SetAsideView(ImmutableArray<SetAsideGroup> Groups, ImmutableArray<string> Replaying)
{
    /// <summary>The greatest number of groups.</summary>
    public const int GroupsMax = 1000;
}

/// <summary>
/// Entries that are set aside for one reason. The numbers are rounded down to a multiple of 20, and are <see langword="null"/> when fewer
/// than 20 subjects are concerned.
/// </summary>
/// <param name="Programme">The programme.</param>
/// <param name="Kind">The kind of entry.</param>
/// <param name="EventType">The event type; <see langword="null"/> when the body names none.</param>
/// <param name="RuleSet">The number of the rule set in force on the entries' days.</param>
/// <param name="Fault">The reason, a stable code.</param>
/// <param name="Outdated">
/// Whether the programme's rules, its event types or the meaning of the fold have changed since. Only a replay tells whether the fault is
/// still there.
/// </param>
/// <param name="Subjects">The number of subjects, or <see langword="null"/>.</param>
/// <param name="Entries">The number of entries, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("scoring.set-aside-group")]
public sealed record SetAsideGroup(
    ProgrammeId Programme, EntryKind Kind, string? EventType, int RuleSet, string Fault, bool Outdated, long? Subjects, long? Entries);
