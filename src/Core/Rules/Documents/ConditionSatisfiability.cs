using System.Collections.Immutable;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// Decides whether any event of a type can meet a condition. The answer is exact. A comparison changes its result only at the value that it
/// names, so these candidates represent all values of an attribute: the named values, the values just below them, the ends of the range,
/// and absence. Of candidates for which all comparisons have the same results, one is enough. Every combination of candidates is tried.
/// </summary>
internal static class ConditionSatisfiability
{
    /// <summary>The greatest number of parts of a condition: comparisons, all, any and not.</summary>
    public const int PartsMax = 128;

    /// <summary>The greatest number of combinations times parts that are tried.</summary>
    public const long StepsMax = 200_000;

    /// <summary>Whether some event meets the condition; <see langword="null"/> when it is beyond the limits.</summary>
    /// <param name="condition">
    /// A condition that was checked: it names attributes of the type only, in comparisons of their kind, with values in their range.
    /// </param>
    /// <param name="type">The event type.</param>
    public static bool? CanHold(Condition condition, EventType type)
    {
        var comparisons = Comparisons(condition).ToArray();
        var parts = PartsOf(condition);
        if (parts > PartsMax) return null;
        var attributes = comparisons.Select(comparison => comparison.Attribute).Distinct()
            .Select(name => CompiledCondition.IndexOf(type.Attributes, name)).ToArray();
        var choices = attributes.Select(index => Choices(type, index, comparisons)).ToArray();
        if (choices.Aggregate((long)parts, (steps, values) => steps > StepsMax ? steps : steps * values.Length) > StepsMax) return null;
        var values = new long[type.Attributes.Length];
        Array.Fill(values, CompiledCondition.Absent);
        return AnyHolds(CompiledCondition.Compile(condition, type.Attributes), attributes, choices, values, 0);
    }

    /// <summary>The names of the attributes that a condition compares.</summary>
    public static ImmutableHashSet<string> AttributesOf(Condition condition) =>
        [.. Comparisons(condition).Select(comparison => comparison.Attribute)];

    private static bool AnyHolds(CompiledCondition condition, int[] attributes, long[][] choices, long[] values, int depth)
    {
        if (depth == attributes.Length) return condition.Holds(values);
        foreach (var value in choices[depth])
        {
            values[attributes[depth]] = value;
            if (AnyHolds(condition, attributes, choices, values, depth + 1)) return true;
        }
        return false;
    }

    private static long[] Choices(EventType type, int index, (string Attribute, Condition Condition)[] comparisons)
    {
        var attribute = type.Attributes[index];
        var own = comparisons
            .Where(comparison => comparison.Attribute == attribute.Name).Select(comparison => comparison.Condition).ToArray();
        var compiled = own.Select(comparison => CompiledCondition.Compile(comparison, type.Attributes)).ToArray();
        var probe = new long[type.Attributes.Length];
        return [.. Candidates(attribute, own).DistinctBy(Results)];

        string Results(long value)
        {
            probe[index] = value;
            return string.Concat(compiled.Select(comparison => comparison.Holds(probe) ? '1' : '0'));
        }
    }

    private static IEnumerable<long> Candidates(AttributeDefinition attribute, Condition[] comparisons)
    {
        if (!attribute.Required) yield return CompiledCondition.Absent;
        if (attribute.Kind != AttributeKind.Integer)
        {
            var count = attribute.Kind == AttributeKind.Boolean ? 2 : attribute.Codes.Length;
            for (var value = 0; value < count; value++) yield return value;
            yield break;
        }
        yield return attribute.Min;
        yield return attribute.Max;
        foreach (var bound in comparisons.OfType<IntegerIs>().Select(comparison => comparison.Value))
        {
            if (bound - 1 >= attribute.Min) yield return bound - 1;
            yield return bound;
        }
    }

    private static IEnumerable<(string Attribute, Condition Condition)> Comparisons(Condition condition) => condition switch
    {
        AllOf all => all.Parts.SelectMany(Comparisons),
        AnyOf any => any.Parts.SelectMany(Comparisons),
        Negated not => Comparisons(not.Part),
        IntegerIs integer => [(integer.Attribute, integer)],
        OneOf code => [(code.Attribute, code)],
        _ => throw new ArgumentException("This build does not know the kind of condition.", nameof(condition)),
    };

    private static int PartsOf(Condition condition) => 1 + condition switch
    {
        AllOf all => all.Parts.Sum(PartsOf),
        AnyOf any => any.Parts.Sum(PartsOf),
        Negated not => PartsOf(not.Part),
        _ => 0,
    };
}
