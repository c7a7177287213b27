using System.Collections.Immutable;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// A condition, made ready: attributes by index, codes by index, booleans as 0 and 1. An absent attribute is <see cref="Absent"/>,
/// which no comparison finds true.
/// </summary>
internal abstract class CompiledCondition
{
    public const long Absent = long.MinValue;

    public abstract bool Holds(ReadOnlySpan<long> values);

    public static CompiledCondition Compile(Condition condition, ImmutableArray<AttributeDefinition> attributes) => condition switch
    {
        AllOf all => new All([.. all.Parts.Select(part => Compile(part, attributes))]),
        AnyOf any => new Any([.. any.Parts.Select(part => Compile(part, attributes))]),
        Negated not => new Not(Compile(not.Part, attributes)),
        IntegerIs integer => new Compare(IndexOf(attributes, integer.Attribute), integer.Operator, integer.Value),
        OneOf code => Among.Of(IndexOf(attributes, code.Attribute), code.Values, attributes),
        _ => throw new ArgumentException("A kind of condition that this build does not know.", nameof(condition)),
    };

    public static int IndexOf(ImmutableArray<AttributeDefinition> attributes, string name)
    {
        for (var index = 0; index < attributes.Length; index++)
            if (attributes[index].Name == name) return index;
        throw new ArgumentException("The event type has no such attribute.", nameof(name));
    }

    /// <summary>The number that stands for a code or a boolean; -1 when there is none.</summary>
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

    /// <summary>Codes are at most 64, so a set of them is one word.</summary>
    private sealed class Among(int attribute, ulong set) : CompiledCondition
    {
        public static Among Of(int attribute, ImmutableArray<string> values, ImmutableArray<AttributeDefinition> attributes)
        {
            var set = 0UL;
            foreach (var value in values)
            {
                var number = ValueOf(attributes[attribute], value);
                if (number >= 0) set |= 1UL << number;
            }
            return new Among(attribute, set);
        }

        public override bool Holds(ReadOnlySpan<long> values) =>
            values[attribute] is >= 0 and < 64 and var value && (set >> (int)value & 1) != 0;
    }
}
