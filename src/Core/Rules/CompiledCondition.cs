using System.Collections.Immutable;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// A condition that is compiled for one event type: attributes and codes are indexes, booleans are 0 and 1. No comparison holds for an
/// absent attribute.
/// </summary>
internal abstract class CompiledCondition
{
    /// <summary>The value of an attribute that the event does not have.</summary>
    public const long Absent = long.MinValue;

    /// <summary>Whether an event meets the condition.</summary>
    /// <param name="values">The event's attributes, in the order of the event type's.</param>
    public abstract bool Holds(ReadOnlySpan<long> values);

    /// <summary>Compiles a condition that was checked against its event type.</summary>
    /// <exception cref="ArgumentException">The condition names an unknown attribute, or is of an unknown kind.</exception>
    public static CompiledCondition Compile(Condition condition, ImmutableArray<AttributeDefinition> attributes) => condition switch
    {
        AllOf all => new All([.. all.Parts.Select(part => Compile(part, attributes))]),
        AnyOf any => new Any([.. any.Parts.Select(part => Compile(part, attributes))]),
        Negated not => new Not(Compile(not.Part, attributes)),
        IntegerIs integer => new Compare(IndexOf(attributes, integer.Attribute), integer.Operator, integer.Value),
        OneOf code => Among.Of(IndexOf(attributes, code.Attribute), code.Values, attributes),
        _ => throw new ArgumentException("This build does not know the kind of condition.", nameof(condition)),
    };

    /// <summary>The index of an attribute in its event type.</summary>
    /// <exception cref="ArgumentException">The event type does not have the attribute.</exception>
    public static int IndexOf(ImmutableArray<AttributeDefinition> attributes, string name)
    {
        for (var index = 0; index < attributes.Length; index++)
            if (attributes[index].Name == name) return index;
        throw new ArgumentException("The event type does not have this attribute.", nameof(name));
    }

    /// <summary>The number of a code or a boolean; -1 when the attribute never has the value.</summary>
    public static int ValueOf(AttributeDefinition attribute, string value) => attribute.Kind switch
    {
        AttributeKind.Code => attribute.Codes.IndexOf(value),
        AttributeKind.Boolean => value switch { "false" => 0, "true" => 1, _ => -1 },
        _ => -1,
    };

    private sealed class All(CompiledCondition[] parts) : CompiledCondition
    {
        public override bool Holds(ReadOnlySpan<long> values)
        {
            foreach (var part in parts)
                if (!part.Holds(values)) return false;
            return true;
        }
    }

    private sealed class Any(CompiledCondition[] parts) : CompiledCondition
    {
        public override bool Holds(ReadOnlySpan<long> values)
        {
            foreach (var part in parts)
                if (part.Holds(values)) return true;
            return false;
        }
    }

    private sealed class Not(CompiledCondition part) : CompiledCondition
    {
        public override bool Holds(ReadOnlySpan<long> values) => !part.Holds(values);
    }

    private sealed class Compare(int attribute, Comparison comparison, long bound) : CompiledCondition
    {
        public override bool Holds(ReadOnlySpan<long> values)
        {
            var value = values[attribute];
            if (value == Absent) return false;
            return comparison switch
            {
                Comparison.EqualTo => value == bound,
                Comparison.LessThan => value < bound,
                Comparison.AtMost => value <= bound,
                Comparison.AtLeast => value >= bound,
                _ => value > bound,
            };
        }
    }

    /// <summary>A set of codes is one 64-bit word, because an attribute has at most 64 codes.</summary>
    private sealed class Among(int attribute, ulong codes) : CompiledCondition
    {
        public static Among Of(int attribute, ImmutableArray<string> values, ImmutableArray<AttributeDefinition> attributes)
        {
            var codes = 0UL;
            foreach (var value in values)
            {
                var number = ValueOf(attributes[attribute], value);
                if (number >= 0) codes |= 1UL << number;
            }
            return new Among(attribute, codes);
        }

        public override bool Holds(ReadOnlySpan<long> values) =>
            values[attribute] is >= 0 and < 64 and var value && (codes >> (int)value & 1) != 0;
    }
}
