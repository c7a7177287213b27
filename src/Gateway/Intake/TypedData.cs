using System.Text.Json;
using Scoring.Events;
using Scoring.Limits;

namespace Scoring.Intake;

/// <summary>Checks the attributes of one event's data against its type, one after the other, and writes the entry's body of them.</summary>
internal sealed class TypedData(GatewayLimits limits, FaultList faults)
{
    private readonly char[] text = new char[limits.AttributeBytesMax];
    private readonly long[] values = new long[32];
    private readonly BodyWriter body = new();
    private EventSchema? schema;
    private uint there;
    private int last;

    /// <summary>Forgets the event before.</summary>
    public void Begin(EventSchema type) => (schema, there, last) = (type, 0, -1);

    /// <summary>Takes the member whose value the reader stands on; <see langword="false"/> when the type has no such attribute.</summary>
    public bool Take(int index, string at, ref Utf8JsonReader reader, scoped ReadOnlySpan<char> member)
    {
        var position = IndexOf(member);
        if (position < 0) return false;
        var bit = 1u << position;
        var definition = schema!.Attributes[position].Definition;
        var fault = (there & bit) != 0
            ? "This member is there twice."
            : definition.Kind switch
            {
                AttributeKind.Integer => Integer(ref reader, definition, out values[position]),
                AttributeKind.Boolean => Boolean(ref reader, out values[position]),
                _ => Code(ref reader, schema.Attributes[position], out values[position]),
            };
        there |= bit;
        last = position;
        if (fault is not null) faults.Add(index, $"{at}/{definition.Name}", fault);
        return true;
    }

    /// <summary>Names the attributes that must be there and are not.</summary>
    public void Missing(int index, string at)
    {
        var missing = schema!.RequiredMask & ~there;
        for (var i = 0; missing != 0; i++, missing >>= 1)
            if ((missing & 1) != 0) faults.Add(index, $"{at}/{schema.Attributes[i].Definition.Name}", "It is missing.");
    }

    /// <summary>The entry's body; only when nothing was at fault.</summary>
    public byte[] Body() => body.Write(schema!, there, values);

    private static string? Integer(ref Utf8JsonReader reader, AttributeDefinition definition, out long value)
    {
        value = 0;
        if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
            return "It must be an integer, written without fraction and exponent.";
        return !reader.TryGetInt64(out value) || value < definition.Min || value > definition.Max
            ? $"It must lie from {definition.Min} to {definition.Max}."
            : null;
    }

    private static string? Boolean(ref Utf8JsonReader reader, out long value)
    {
        value = reader.TokenType == JsonTokenType.True ? 1 : 0;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? null : "It must be true or false.";
    }

    private string? Code(ref Utf8JsonReader reader, AttributeSchema attribute, out long value)
    {
        value = reader.TokenType == JsonTokenType.String && JsonText.TryCopy(ref reader, text, out var code) ? attribute.Code(code) : -1;
        return value < 0 ? "It must be one of the codes in the catalogue." : null;
    }

    // Senders mostly keep to the catalogue's order, so the search starts behind the attribute before.
    private int IndexOf(ReadOnlySpan<char> name)
    {
        var attributes = schema!.Attributes;
        for (var step = 1; step <= attributes.Length; step++)
        {
            var index = (last + step) % attributes.Length;
            if (name.SequenceEqual(attributes[index].Definition.Name)) return index;
        }

        return -1;
    }
}
