using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>What one rule gives one event.</summary>
internal readonly record struct RulePoints(int Rule, long Points);

/// <summary>How the points of a day are bounded and fade, as the rule set in force on that day has it.</summary>
internal sealed record RuleTerms(long CapPerDay, int WindowDays, int HalfLifeDays, long[] Factors);

/// <summary>A rule, made ready for valuing: its number, its test and its points.</summary>
internal sealed class CompiledRule
{
    private readonly CompiledCondition? when;
    private readonly long points;
    private readonly int attribute = -1;
    private readonly long[] table = [];

    public CompiledRule(int number, Rule rule, EventType type)
    {
        Number = number;
        when = rule.When is null ? null : CompiledCondition.Compile(rule.When, type.Attributes);
        switch (rule.Points)
        {
            case FixedPoints same:
                points = same.Value;
                break;
            case PointsByValue byValue:
                attribute = CompiledCondition.IndexOf(type.Attributes, byValue.Attribute);
                table = new long[Math.Max(2, type.Attributes[attribute].Codes.Length)];
                foreach (var row in byValue.Rows)
                {
                    var value = CompiledCondition.ValueOf(type.Attributes[attribute], row.Value);
                    if (value >= 0) table[value] = row.Points;
                }
                break;
            default:
                throw new ArgumentException("A kind of points that this build does not know.", nameof(rule));
        }
    }

    public int Number { get; }

    public long Value(ReadOnlySpan<long> values)
    {
        if (when is not null && !when.Holds(values)) return 0;
        if (attribute < 0) return points;
        return values[attribute] == CompiledCondition.Absent ? 0 : table[values[attribute]];
    }
}

/// <summary>
/// An event type in one programme, made ready: its attributes' names in UTF-8 and, for each rule set, the rules that value it.
/// </summary>
internal sealed class CompiledType(EventType type, CompiledRule[][] rulesBySet)
{
    private readonly byte[][] names = [.. type.Attributes.Select(attribute => Encoding.UTF8.GetBytes(attribute.Name))];
    private readonly byte[][][] codes =
        [.. type.Attributes.Select(attribute => attribute.Codes.IsDefault ? [] : attribute.Codes.Select(Encoding.UTF8.GetBytes).ToArray())];

    public byte[] Name { get; } = Encoding.UTF8.GetBytes(type.Name);

    public ReadOnlySpan<CompiledRule> Rules(int set) => rulesBySet[set];

    public int AttributeCount => names.Length;

    /// <summary>Puts an event's attributes into their places. Returns why that cannot be done, or <see langword="null"/>.</summary>
    public string? Place(scoped in EntryBodyReader body, scoped Span<long> values)
    {
        values.Fill(CompiledCondition.Absent);
        for (var slot = 0; slot < body.AttributeCount; slot++)
        {
            var index = IndexOf(body.Name(slot));
            if (index < 0) continue;
            var fault = Read(type.Attributes[index].Kind, codes[index], body.ValueKind(slot), body.Value(slot), out values[index]);
            if (fault is not null) return fault;
        }
        return null;
    }

    private int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var index = 0; index < names.Length; index++)
            if (name.SequenceEqual(names[index])) return index;
        return -1;
    }

    private static string? Read(AttributeKind kind, byte[][] codes, JsonTokenType token, ReadOnlySpan<byte> text, out long value)
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
