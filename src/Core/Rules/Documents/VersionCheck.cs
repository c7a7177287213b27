using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Rules;

/// <summary>
/// Checks one version against earlier versions, the event types and the boundary. What depends on the day of publication is checked with
/// the draft.
/// </summary>
internal static class VersionCheck
{
    /// <summary>Checks the documents of a version that are read. Faulty parts are empty and are skipped.</summary>
    /// <param name="version">The version.</param>
    /// <param name="earlier">The earlier versions in ascending numbers.</param>
    /// <param name="types">The event types by name.</param>
    public static void Check(
        VersionDraft version, ImmutableArray<(Programme Terms, RuleSet RuleSet)> earlier, IReadOnlyDictionary<string, EventType> types)
    {
        if (version.Terms is { } terms) CheckTerms(terms, version.RuleSet?.Value, earlier, types);
        if (version.RuleSet is { } set) CheckRules(set, version.Terms?.Value, [.. earlier.Select(other => other.RuleSet)], types);
    }

    private static void CheckTerms(
        ReadDocument<Programme> terms, RuleSet? set, ImmutableArray<(Programme Terms, RuleSet RuleSet)> earlier,
        IReadOnlyDictionary<string, EventType> types)
    {
        CheckEventTypes(terms, types);
        if (set is not null) CheckEffects(terms, set);
        CheckLateness(terms);
        if (earlier.IsEmpty) return;
        CheckConstants(terms, earlier[0].Terms);
        if (set is not null) CheckRetention(terms, set.FirstDay, earlier);
    }

    private static void CheckRules(
        ReadDocument<RuleSet> set, Programme? terms, ImmutableArray<RuleSet> earlier, IReadOnlyDictionary<string, EventType> types)
    {
        if (!earlier.IsEmpty && set.Value.FirstDay != DateOnly.MinValue && set.Value.FirstDay <= earlier[^1].FirstDay)
            set.Problems.Add("/firstDay", ProblemCode.FirstDayNotLater, "The first day is not after that of the version before.");
        if (terms is not null) RuleSetCheck.Check(set.Value, terms, earlier, types, set.Problems);
        CorrectionCheck.Check(set.Value, earlier, set.Problems);
        if (earlier.Append(set.Value).SelectMany(other => other.Rules).Select(rule => rule.Id).Distinct().Count() > ProgrammeRules.RulesMax)
            set.Problems.Add(
                "/rules", ProblemCode.RulesTooMany, $"A programme has at most {ProgrammeRules.RulesMax} distinct rules over all versions.");
    }

    private static void CheckEventTypes(ReadDocument<Programme> terms, IReadOnlyDictionary<string, EventType> types)
    {
        var programme = terms.Value;
        var problems = terms.Problems;
        for (var index = 0; index < programme.EventTypes.Length; index++)
        {
            var name = programme.EventTypes[index];
            var pointer = $"/eventTypes/{index}";
            if (name.Length == 0) continue;
            if (!types.TryGetValue(name, out var type))
            {
                problems.Add(pointer, ProblemCode.EventTypeUnknown, "There is no such event type.");
                continue;
            }
            if (type.Context != 0 && programme.Context != 0 && type.Context != programme.Context)
                problems.Add(pointer, ProblemCode.ContextMismatch, "This event type has a different context than the programme.");
            if (programme.SubjectKind == SubjectKind.Citizen && type.Origin == EventOrigin.Automatic)
                problems.Add(
                    pointer, ProblemCode.AutomaticScoresCitizen,
                    "Only events that a citizen initiates or a human attests may score a citizen.");
        }
    }

    private static void CheckEffects(ReadDocument<Programme> terms, RuleSet set)
    {
        for (var index = 0; index < terms.Value.Effects.Length; index++)
        {
            var tier = terms.Value.Effects[index].Tier;
            if (tier.Length > 0 && set.Tiers.All(other => other.Name != tier))
                terms.Problems.Add($"/effects/{index}/tier", ProblemCode.TierUnknown, "The version's rule set does not have this tier.");
        }
    }

    private static void CheckConstants(ReadDocument<Programme> terms, Programme first)
    {
        var after = terms.Value;
        Same("context", after.Context == 0 || after.Context == first.Context);
        Same("subjectKind", after.SubjectKind == 0 || after.SubjectKind == first.SubjectKind);
        Same("zone", after.Zone.Length == 0 || after.Zone == first.Zone);
        Same("floor", after.Floor < 0 || after.Floor == first.Floor);
        Same("ceiling", after.Ceiling < 0 || after.Ceiling == first.Ceiling);

        void Same(string member, bool isSame)
        {
            if (!isSame) terms.Problems.Add($"/{member}", ProblemCode.NeverChanges, "This must stay as in the first version.");
        }
    }

    /// <summary>An expired event must not be taken again: its key is erased with it and would no longer refuse a repetition.</summary>
    private static void CheckLateness(ReadDocument<Programme> terms)
    {
        if (terms.Value is { RetentionDays: > 0, LatenessDaysMax: > 0 } value && value.RetentionDays < value.LatenessDaysMax)
            terms.Problems.Add(
                "/retentionDays", ProblemCode.RetentionBelowLateness, "Entries must be kept at least as long as an event may be late.");
    }

    /// <summary>Entries that an earlier version's rules still count must not expire before their windows end.</summary>
    private static void CheckRetention(
        ReadDocument<Programme> terms, DateOnly firstDay, ImmutableArray<(Programme Terms, RuleSet RuleSet)> earlier)
    {
        if (terms.Value.RetentionDays == 0 || firstDay == DateOnly.MinValue) return;
        for (var index = 0; index < earlier.Length; index++)
        {
            var next = index + 1 < earlier.Length ? earlier[index + 1].RuleSet.FirstDay : firstDay;
            var window = earlier[index].RuleSet.Rules.Select(rule => rule.WindowDays).DefaultIfEmpty(0).Max();
            if (window <= terms.Value.RetentionDays || next.DayNumber - 1 + window <= firstDay.DayNumber) continue;
            terms.Problems.Add(
                "/retentionDays", ProblemCode.WindowPastRetention,
                $"Rules of version {index + 1} still count for {window} days. Entries must be kept as long.");
            return;
        }
    }
}
