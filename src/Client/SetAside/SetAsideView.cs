namespace Scoring.Client;

/// <summary>The entries that no fold could value, as numbers without persons. Only entries that a fold has met are known.</summary>
/// <param name="Groups">The groups, by programme, kind, event type, rule set and fault.</param>
/// <param name="Replaying">The names of the programmes whose entries are being folded again.</param>
public sealed record SetAsideView(IReadOnlyList<SetAsideGroup> Groups, IReadOnlyList<string> Replaying);

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
public sealed record SetAsideGroup(
    string Programme, EntryKind Kind, string? EventType, int RuleSet, string Fault, bool Outdated, long? Subjects, long? Entries);

/// <summary>A request to fold entries again.</summary>
/// <param name="Programme">The programme whose entries are set aside.</param>
public sealed record ReplayRequest(string Programme);
