using System.Collections.Immutable;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// Checks and describes a later version of an event type. A version only adds: optional attributes, codes, wider ranges. So every event
/// that was valid stays valid, and every rule still fits.
/// </summary>
internal static class EventTypeChange
{
    /// <summary>Checks a version. Faulty parts are empty and are skipped.</summary>
    /// <param name="before">The registered version; <see langword="null"/> for a first version.</param>
    /// <param name="after">The new version.</param>
    /// <param name="problems">The problems of its document.</param>
    public static void Check(EventType? before, EventType after, Problems problems)
    {
        var version = (before?.Version ?? 0) + 1;
        if (after.Version != 0 && after.Version != version)
            problems.Add("/version", ProblemCode.NumberGap, $"The next version has number {version}. Version 1 has no such member.");
        if (before is null) return;
        Same("family", after.Family == 0 || after.Family == before.Family);
        Same("origin", after.Origin == 0 || after.Origin == before.Origin);
        Same("context", after.Context == 0 || after.Context == before.Context);
        foreach (var old in before.Attributes)
        {
            var attribute = after.Attributes.FirstOrDefault(other => other.Name == old.Name);
            if (attribute is null) Narrowed($"The attribute {old.Name} must stay.");
            else if (Narrowing(old, attribute) is { } fault) Narrowed($"The attribute {old.Name} must {fault}.");
        }
        foreach (var attribute in after.Attributes)
            if (attribute.Required && before.Attributes.All(old => old.Name != attribute.Name))
                Narrowed($"The new attribute {attribute.Name} must be optional.");

        void Same(string member, bool isSame)
        {
            if (!isSame) problems.Add($"/{member}", ProblemCode.NeverChanges, "This must stay as in the first version.");
        }

        void Narrowed(string help) => problems.Add("/attributes", ProblemCode.NotOnlyAdding, help);
    }

    /// <summary>The differences in words, which are stored and stay as they are; empty for a first version.</summary>
    public static ImmutableArray<string> Words(EventType? before, EventType after) => before is null ? [] : [.. Changes(before, after)];

    /// <summary>What the attribute must do instead; <see langword="null"/> when the change only adds.</summary>
    private static string? Narrowing(AttributeDefinition before, AttributeDefinition after)
    {
        if (after.Kind == 0) return null;
        if (after.Kind != before.Kind) return "keep its kind";
        if (after.Required && !before.Required) return "stay optional";
        if (after.Unit != before.Unit) return "keep its unit";
        if (after.Min > before.Min || after.Max < before.Max) return "keep its range or widen it";
        return before.Codes.Except(after.Codes).Any() ? "keep its codes" : null;
    }

    private static IEnumerable<string> Changes(EventType before, EventType after)
    {
        if (before.Description != after.Description) yield return $"It records now: {after.Description}";
        foreach (var attribute in after.Attributes)
        {
            var old = before.Attributes.FirstOrDefault(other => other.Name == attribute.Name);
            if (old is null) yield return $"New attribute {attribute.Name}: {attribute.Description}";
            else
                foreach (var words in Changes(old, attribute)) yield return $"Attribute {attribute.Name}: {words}";
        }
    }

    private static IEnumerable<string> Changes(AttributeDefinition before, AttributeDefinition after)
    {
        if (before.Description != after.Description) yield return $"it means now: {after.Description}";
        if (before.Required && !after.Required) yield return "it need not be there any more.";
        if (before.Min != after.Min || before.Max != after.Max)
            yield return Wording.Of($"from {after.Min} to {after.Max}, before from {before.Min} to {before.Max}.");
        var codes = after.Codes.Except(before.Codes).ToArray();
        if (codes.Length > 0) yield return $"new codes {string.Join(", ", codes)}.";
    }
}
