using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Describes what a version changes for participants. The words are stored and stay as they are.</summary>
internal static class VersionChange
{
    /// <summary>The version with its differences from the one before, and whether it widens the processing.</summary>
    public static ProgrammeVersion Of(
        ProgrammeVersion? before, Programme terms, RuleSet set, Assessment assessment, IReadOnlyDictionary<string, EventType> types) =>
        before is null
            ? new ProgrammeVersion(terms, set, assessment, false, [])
            : new ProgrammeVersion(
                terms, set, assessment, Widens(before.Terms, terms),
                [.. Terms(before.Terms, terms, types), .. RuleSetChange.Words(before.RuleSet, set)]);

    /// <summary>Whether a version widens the processing of personal data: another purpose, more event types, or longer retention.</summary>
    private static bool Widens(Programme before, Programme after) =>
        before.Purpose != after.Purpose || after.EventTypes.Except(before.EventTypes).Any() || after.RetentionDays > before.RetentionDays;

    private static IEnumerable<string> Terms(Programme before, Programme after, IReadOnlyDictionary<string, EventType> types)
    {
        if (before.Purpose != after.Purpose) yield return $"The purpose is now: {after.Purpose}";
        if (before.Name != after.Name) yield return $"The programme is now called {after.Name}.";
        if (before.Controller != after.Controller)
            yield return $"Answerable is now {after.Controller.LegalName}, {after.Controller.Contact}.";
        foreach (var name in after.EventTypes.Except(before.EventTypes)) yield return $"Newly taken: {Named(name)}";
        foreach (var name in before.EventTypes.Except(after.EventTypes)) yield return $"No longer taken: {Named(name)}";
        if (before.LatenessDaysMax != after.LatenessDaysMax)
            yield return Wording.Of($"Events are taken up to {after.LatenessDaysMax} days late, before up to {before.LatenessDaysMax}.");
        if (before.RetentionDays != after.RetentionDays)
            yield return Wording.Of($"Entries are kept for {after.RetentionDays} days, before for {before.RetentionDays}.");
        foreach (var words in Effects(before, after)) yield return words;

        string Named(string name) => types.TryGetValue(name, out var type) ? $"{name} ({type.Description})" : name;
    }

    private static IEnumerable<string> Effects(Programme before, Programme after)
    {
        foreach (var effect in after.Effects)
        {
            var old = before.Effects.FirstOrDefault(other => other.Tier == effect.Tier && other.Effect == effect.Effect);
            if (old is null) yield return $"The tier {effect.Tier} newly gives: {effect.Description}";
            else if (old.Description != effect.Description)
                yield return $"The tier {effect.Tier} gives now: {effect.Description} Before: {old.Description}";
        }
        foreach (var effect in before.Effects)
            if (!after.Effects.Any(other => other.Tier == effect.Tier && other.Effect == effect.Effect))
                yield return $"The tier {effect.Tier} no longer gives: {effect.Description}";
    }
}
