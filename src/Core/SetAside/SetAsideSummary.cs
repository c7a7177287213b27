using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Simulation;

namespace Scoring.SetAside;

/// <summary>How many entries are set aside for one reason under one state of rules and code.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Kind">The kind of entry.</param>
/// <param name="EventType">The event type; <see langword="null"/> when the body names none.</param>
/// <param name="RuleSet">The number of the rule set in force on the entries' days.</param>
/// <param name="Fault">The reason.</param>
/// <param name="RulesHash">Hash of the rules under which they were folded.</param>
/// <param name="FoldVersion">Version of the code that folded them.</param>
/// <param name="Subjects">The number of subjects.</param>
/// <param name="Entries">The number of entries.</param>
public sealed record SetAsideCount(
    ProgrammeId Programme, EntryKind Kind, string? EventType, int RuleSet, string Fault, string RulesHash, int FoldVersion, long Subjects,
    long Entries);

/// <summary>Makes groups that may be shown to an administrator.</summary>
internal static class SetAsideSummary
{
    /// <summary>Merges counts, and suppresses numbers about few subjects.</summary>
    /// <param name="counts">The exact counts.</param>
    /// <param name="rulesHash">Returns the hash of a programme's current rules; <see langword="null"/> when it has none.</param>
    public static ImmutableArray<SetAsideGroup> Of(IEnumerable<SetAsideCount> counts, Func<ProgrammeId, string?> rulesHash) =>
    [
        .. counts.GroupBy(count => (
                count.Programme, count.Kind, count.EventType, count.RuleSet, count.Fault,
                Outdated: count.FoldVersion != FoldState.FoldVersion || count.RulesHash != rulesHash(count.Programme)))
            .OrderBy(group => group.Key.Programme.Value, StringComparer.Ordinal).ThenBy(group => group.Key.Kind)
            .ThenBy(group => group.Key.EventType, StringComparer.Ordinal).ThenBy(group => group.Key.RuleSet)
            .ThenBy(group => group.Key.Fault, StringComparer.Ordinal).ThenBy(group => group.Key.Outdated)
            .Select(group => Shown(group.Key, group.Sum(count => count.Subjects), group.Sum(count => count.Entries)))
            .Take(SetAsideView.GroupsMax),
    ];

    private static SetAsideGroup Shown(
        (ProgrammeId Programme, EntryKind Kind, string? EventType, int RuleSet, string Fault, bool Outdated) key, long subjects,
        long entries)
    {
        var isFew = SmallCellSuppression.IsFew(subjects);
        return new SetAsideGroup(
            key.Programme, key.Kind, key.EventType, key.RuleSet, key.Fault, key.Outdated,
            isFew ? null : SmallCellSuppression.Down(subjects), isFew ? null : SmallCellSuppression.Down(entries));
    }
}
