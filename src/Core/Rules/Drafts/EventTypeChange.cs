using System.Collections.Immutable;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// A later version of an event type only adds: attributes that need not be there, codes, wider ranges. So every event that was right stays
/// right, and every rule that was written for it still reads it.
/// </summary>
internal static class EventTypeChange
{
    public static void Check(EventType? before, EventType after, Problems problems)
    {
        var version = (before?.Version ?? 0) + 1;
        if (after.Version != 0 && after.Version != version)
            problems.Add("/version", ProblemCode.NumberGap, $"The next version has number {version}; 1 is not written.");
        if (before is null) return;
        Same("family", after.Family == 0 || after.Family == before.Family);
        Same("origin", after.Origin == 0 || after.Origin == before.Origin);
        Same("context", after.Context == 0 || after.Context == before.Context);
        foreach (var old in before.Attributes)
        {
            var attribute = after.Attributes.FirstOrDefault(other => other.Name == old.Name);
            if (attribute is null) Narrowed($"The attribute {old.Name} stays.");
            else if (Narrowing(old, attribute) is { } fault) Narrowed($"The attribute {old.Name} {fault}.");
        }
        foreach (var attribute in after.Attributes)
            if (attribute.Required && before.Attributes.All(old => old.Name != attribute.Name))
                Narrowed($"The new attribute {attribute.Name} need not be there in an event.");

        void Same(string member, bool isSame)
        {
            if (!isSame) problems.Add($"/{member}", ProblemCode.NeverChanges, "This is as in the first version, for good.");
        }

        void Narrowed(string help) => problems.Add("/attributes", ProblemCode.NotOnlyAdding, help);
    }

    /// <summary>What changed, in words; empty for a first version.</summary>
    public static ImmutableArray<string> Words(EventType? before, EventType after) => before is null ? [] : [.. Changes(before, after)];

    private static string? Narrowing(AttributeDefinition before, AttributeDefinition after)
    {
        if (after.Kind == 0) return null;
        if (after.Kind != before.Kind) return "keeps its kind";
        if (after.Required && !before.Required) return "may be absent as before";
        if (after.Unit != before.Unit) return "keeps its unit";
        if (after.Min > before.Min || after.Max < before.Max) return "keeps its range or widens it";
        return before.Codes.Except(after.Codes).Any() ? "keeps its codes" : null;
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
