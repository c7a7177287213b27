using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>The points that one rule gives one event.</summary>
/// <param name="Rule">The rule's number in <see cref="ProgrammeRules.RuleNames"/>.</param>
/// <param name="Points">The points, -100,000 to 100,000.</param>
internal readonly record struct RulePoints(int Rule, long Points);

/// <summary>How a rule bounds and fades the points of a day. The rule set in force on that day gives the terms.</summary>
/// <param name="CapPerDay">The greatest amount of a day's points, positive or negative, 1 to 1,000,000.</param>
/// <param name="WindowDays">The number of days for which a day counts, from 1.</param>
/// <param name="HalfLifeDays">The half-life in days; 0 for no fading.</param>
/// <param name="Factors">The factors of the half-life by age in days, as <see cref="FactorTable"/> has them.</param>
internal sealed record RuleTerms(long CapPerDay, int WindowDays, int HalfLifeDays, long[] Factors);

/// <summary>A rule that is compiled for one event type: attributes and codes are indexes, and a table is an array.</summary>
internal sealed class CompiledRule
{
    private const int NoAttribute = -1;

    private readonly CompiledCondition? _condition;
    private readonly long _fixedPoints;
    private readonly int _tableAttribute = NoAttribute;
    private readonly long[] _pointsByValue = [];

    /// <summary>Compiles a rule that was checked against its event type.</summary>
    /// <param name="number">The rule's number in <see cref="ProgrammeRules.RuleNames"/>.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="type">The rule's event type.</param>
    /// <exception cref="ArgumentException">The rule names an unknown attribute, or has an unknown kind of condition or points.</exception>
    public CompiledRule(int number, Rule rule, EventType type)
    {
        Number = number;
        _condition = rule.When is null ? null : CompiledCondition.Compile(rule.When, type.Attributes);
        switch (rule.Points)
        {
            case FixedPoints points:
                _fixedPoints = points.Value;
                break;
            case PointsByValue table:
                _tableAttribute = CompiledCondition.IndexOf(type.Attributes, table.Attribute);
                _pointsByValue = PointsByValueIndex(table, type.Attributes[_tableAttribute]);
                break;
            default:
                throw new ArgumentException("This build does not know the rule's kind of points.", nameof(rule));
        }
    }

    /// <summary>The rule's number in <see cref="ProgrammeRules.RuleNames"/>.</summary>
    public int Number { get; }

    /// <summary>The points for an event; 0 when the condition does not hold, or the table has no row for the value.</summary>
    /// <param name="values">The event's attributes, as <see cref="CompiledType.ReadAttributes"/> writes them.</param>
    public long PointsFor(ReadOnlySpan<long> values)
    {
        if (_condition is not null && !_condition.Holds(values)) return 0;
        if (_tableAttribute == NoAttribute) return _fixedPoints;
        var value = values[_tableAttribute];
        return value == CompiledCondition.Absent ? 0 : _pointsByValue[value];
    }

    private static long[] PointsByValueIndex(PointsByValue table, AttributeDefinition attribute)
    {
        const int booleanValues = 2;
        var points = new long[Math.Max(booleanValues, attribute.Codes.Length)];
        foreach (var row in table.Rows)
        {
            var value = CompiledCondition.ValueOf(attribute, row.Value);
            if (value >= 0) points[value] = row.Points;
        }
        return points;
    }
}

/// <summary>An event type of one programme that is compiled: its names in UTF-8 and, for each rule set, the rules for the type.</summary>
/// <param name="type">The event type.</param>
/// <param name="rulesBySet">The compiled rules for the type, by the index of their rule set.</param>
internal sealed class CompiledType(EventType type, CompiledRule[][] rulesBySet)
{
    private readonly byte[][] _attributeNames = [.. type.Attributes.Select(attribute => Encoding.UTF8.GetBytes(attribute.Name))];
    private readonly byte[][][] _codes =
        [.. type.Attributes.Select(attribute => attribute.Codes.IsDefault ? [] : attribute.Codes.Select(Encoding.UTF8.GetBytes).ToArray())];

    /// <summary>The type's name in UTF-8.</summary>
    public byte[] Name { get; } = Encoding.UTF8.GetBytes(type.Name);

    /// <summary>The number of attributes.</summary>
    public int AttributeCount => _attributeNames.Length;

    /// <summary>The rules for the type in a rule set.</summary>
    /// <param name="set">The index of the rule set.</param>
    public ReadOnlySpan<CompiledRule> Rules(int set) => rulesBySet[set];

    /// <summary>
    /// Writes an event's attributes in the order of the type's: integers as they are, booleans as 0 and 1, codes as indexes, and
    /// <see cref="CompiledCondition.Absent"/> for a missing one. Ignores attributes that the type does not have.
    /// </summary>
    /// <param name="body">The event's body.</param>
    /// <param name="values">Receives the values; <see cref="AttributeCount"/> long.</param>
    /// <returns>One of <see cref="EntryFault"/>; <see langword="null"/> for success.</returns>
    public string? ReadAttributes(scoped in EntryBodyReader body, scoped Span<long> values)
    {
        values.Fill(CompiledCondition.Absent);
        for (var member = 0; member < body.AttributeCount; member++)
        {
            var index = IndexOf(body.Name(member));
            if (index < 0) continue;
            var fault = ReadValue(
                type.Attributes[index].Kind, _codes[index], body.ValueKind(member), body.Value(member), out values[index]);
            if (fault is not null) return fault;
        }
        return null;
    }

    private int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var index = 0; index < _attributeNames.Length; index++)
            if (name.SequenceEqual(_attributeNames[index])) return index;
        return -1;
    }

    private static string? ReadValue(AttributeKind kind, byte[][] codes, JsonTokenType token, ReadOnlySpan<byte> text, out long value)
    {
        value = CompiledCondition.Absent;
        switch (kind, token)
        {
            case (AttributeKind.Integer, JsonTokenType.Number):
                return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && value != CompiledCondition.Absent
                    ? null
                    : EntryFault.AttributeTypeWrong;
            case (AttributeKind.Boolean, JsonTokenType.True or JsonTokenType.False):
                value = token == JsonTokenType.True ? 1 : 0;
                return null;
            case (AttributeKind.Code, JsonTokenType.String):
                for (var index = 0; index < codes.Length; index++)
                {
                    if (!text.SequenceEqual(codes[index])) continue;
                    value = index;
                    return null;
                }
                return EntryFault.CodeUnknown;
            default:
                return EntryFault.AttributeTypeWrong;
        }
    }
}
