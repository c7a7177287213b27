using System.Buffers.Text;
using Scoring.Events;

namespace Scoring.Intake;

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
