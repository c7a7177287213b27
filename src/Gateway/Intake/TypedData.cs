using System.Buffers.Text;
using System.Text.Json;
using Scoring.Events;

namespace Scoring.Intake;

/// <summary>Checks the attributes of one event's data against its type, one by one, and writes the entry's body from them.</summary>
internal sealed class TypedData(FaultList faults, TextBuffers buffers)
{
    private readonly BodyWriter _body = new();
    private long[] _values = [];
    private EventSchema? _schema;
    private uint _present;
    private int _last;

    /// <summary>Starts the next event and discards the one before.</summary>
    public void Begin(EventSchema type)
    {
        _schema = type;
        if (_values.Length < type.Attributes.Length) _values = new long[type.Attributes.Length];
        _present = 0;
        _last = -1;
    }

    /// <summary>Reads the reader's current value as the member's; <see langword="false"/> when the type has no such attribute.</summary>
    public bool TryRead(int index, string at, ref Utf8JsonReader reader, scoped ReadOnlySpan<char> member)
    {
        var position = IndexOf(member);
        if (position < 0) return false;
        var bit = 1u << position;
        var definition = _schema!.Attributes[position].Definition;
        var fault = (_present & bit) != 0
            ? FaultList.Duplicate
            : definition.Kind switch
            {
                AttributeKind.Integer => ReadInteger(ref reader, definition, out _values[position]),
                AttributeKind.Boolean => ReadBoolean(ref reader, out _values[position]),
                _ => ReadCode(ref reader, _schema.Attributes[position], out _values[position]),
            };
        _present |= bit;
        _last = position;
        if (fault is not null) faults.Add(index, $"{at}/{definition.Name}", fault);
        return true;
    }

    /// <summary>Adds a fault for each required attribute that is absent.</summary>
    public void AddMissing(int index, string at)
    {
        var missing = _schema!.RequiredMask & ~_present;
        for (var i = 0; missing != 0; i++, missing >>= 1)
            if ((missing & 1) != 0) faults.Add(index, $"{at}/{_schema.Attributes[i].Definition.Name}", FaultList.Missing);
    }

    /// <summary>Writes the entry's body. Call it only when the event has no fault.</summary>
    public byte[] WriteBody() => _body.Write(_schema!, _present, _values);

    private static string? ReadInteger(ref Utf8JsonReader reader, AttributeDefinition definition, out long value)
    {
        value = 0;
        if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
            return "It must be an integer without fraction and exponent.";
        return !reader.TryGetInt64(out value) || value < definition.Min || value > definition.Max
            ? $"It must be from {definition.Min} to {definition.Max}."
            : null;
    }

    private static string? ReadBoolean(ref Utf8JsonReader reader, out long value)
    {
        value = reader.TokenType == JsonTokenType.True ? 1 : 0;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? null : "It must be true or false.";
    }

    private string? ReadCode(ref Utf8JsonReader reader, AttributeSchema attribute, out long value)
    {
        value = reader.TokenType == JsonTokenType.String && JsonText.TryCopy(ref reader, buffers.Value, out var code)
            ? attribute.Code(code)
            : -1;
        return value < 0 ? "It must be one of the codes in the catalogue." : null;
    }

    // Senders usually follow the catalogue's order, so the search starts after the previous attribute.
    private int IndexOf(ReadOnlySpan<char> name)
    {
        var attributes = _schema!.Attributes;
        for (var step = 1; step <= attributes.Length; step++)
        {
            var index = (_last + step) % attributes.Length;
            if (name.SequenceEqual(attributes[index].Definition.Name)) return index;
        }

        return -1;
    }
}

/// <summary>Writes an entry's body in canonical JSON (RFC 8785) from validated attributes only.</summary>
internal sealed class BodyWriter
{
    private byte[] _body = [];
    private int _length;

    /// <summary>Writes the body with the attributes of <paramref name="present"/> in the schema's order.</summary>
    /// <param name="schema">The event type.</param>
    /// <param name="present">The attributes that the event has, a bit each.</param>
    /// <param name="values">Their values: an integer, 0 or 1, or the index of a code.</param>
    public byte[] Write(EventSchema schema, uint present, ReadOnlySpan<long> values)
    {
        if (_body.Length < schema.BodyBytesMax) _body = new byte[schema.BodyBytesMax];
        _length = 0;
        Append(EventSchema.Head);
        for (var i = 0; i < schema.Attributes.Length; i++)
        {
            if ((present & 1u << i) == 0) continue;
            if (_length > EventSchema.Head.Length) Append(","u8);
            Append(schema.Attributes[i].Lead);
            Append(schema.Attributes[i], values[i]);
        }

        Append(schema.Tail);
        return _body.AsSpan(0, _length).ToArray();
    }

    private void Append(AttributeSchema attribute, long value)
    {
        switch (attribute.Definition.Kind)
        {
            case AttributeKind.Boolean:
                Append(value == 1 ? "true"u8 : "false"u8);
                break;
            case AttributeKind.Code:
                Append(attribute.CodesQuoted[value]);
                break;
            default:
                Utf8Formatter.TryFormat(value, _body.AsSpan(_length), out var written);
                _length += written;
                break;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_body.AsSpan(_length));
        _length += bytes.Length;
    }
}
