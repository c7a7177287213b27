using System.Collections.Immutable;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// Whether any event of a type can meet a condition. Exact: a comparison only changes its answer at the values it names, so of each
/// attribute the values named, those just below them, the ends of its range and its absence stand for all; of those that all comparisons
/// answer alike one is enough, and every combination is tried.
/// </summary>
internal static class ConditionSatisfiability
{
    /// <summary>How many comparisons and joints a condition may have; past it nothing is worked out.</summary>
    public const int PartsMax = 128;

    /// <summary>How many combinations times parts are tried at most.</summary>
    public const long StepsMax = 200_000;

    /// <summary>Whether some event meets the condition; <see langword="null"/> past the bounds.</summary>
    /// <param name="condition">Names only attributes of the type, each compared as what it is and with values in its range.</param>
    /// <param name="type">The event type.</param>
    public static bool? CanHold(Condition condition, EventType type)
    {
        var comparisons = Comparisons(condition).ToArray();
        var parts = PartsOf(condition);
        if (parts > PartsMax) return null;
        var places = comparisons.Select(comparison => comparison.Attribute).Distinct()
            .Select(name => CompiledCondition.IndexOf(type.Attributes, name)).ToArray();
        var choices = places.Select(place => Choices(type, place, comparisons)).ToArray();
        if (choices.Aggregate((long)parts, (steps, values) => steps > StepsMax ? steps : steps * values.Length) > StepsMax) return null;
        var values = new long[type.Attributes.Length];
        Array.Fill(values, CompiledCondition.Absent);
        return Try(CompiledCondition.Compile(condition, type.Attributes), places, choices, values, 0);
    }

    /// <summary>The attributes that a condition looks at.</summary>
    public static ImmutableHashSet<string> AttributesOf(Condition condition) =>
        [.. Comparisons(condition).Select(comparison => comparison.Attribute)];

    private static bool Try(CompiledCondition test, int[] places, long[][] choices, long[] values, int depth)
    {
        if (depth == places.Length) return test.Holds(values);
        foreach (var value in choices[depth])
        {
            values[places[depth]] = value;
            if (Try(test, places, choices, values, depth + 1)) return true;
        }
        return false;
    }

    private static long[] Choices(EventType type, int place, (string Attribute, Condition Condition)[] comparisons)
    {
        var attribute = type.Attributes[place];
        var own = comparisons
            .Where(comparison => comparison.Attribute == attribute.Name).Select(comparison => comparison.Condition).ToArray();
        var tests = own.Select(comparison => CompiledCondition.Compile(comparison, type.Attributes)).ToArray();
        var probe = new long[type.Attributes.Length];
        return [.. Candidates(attribute, own).DistinctBy(Answers)];

        string Answers(long value)
        {
            probe[place] = value;
            return string.Concat(tests.Select(test => test.Holds(probe) ? '1' : '0'));
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
        _ => throw new ArgumentException("A kind of condition that this build does not know.", nameof(condition)),
    };

    private static int PartsOf(Condition condition) => 1 + condition switch
    {
        AllOf all => all.Parts.Sum(PartsOf),
        AnyOf any => any.Parts.Sum(PartsOf),
        Negated not => PartsOf(not.Part),
        _ => 0,
    };
}
