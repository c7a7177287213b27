using System.Buffers.Text;
using Scoring.Events;

namespace Scoring.Intake;

/// <summary>Writes an entry's body in canonical JSON (RFC 8785) from attributes that have been checked, and from nothing else.</summary>
internal sealed class BodyWriter
{
    private byte[] body = [];
    private int length;

    /// <summary>The body with the attributes of <paramref name="there"/>, a bit each, in the schema's order.</summary>
    /// <param name="schema">The type.</param>
    /// <param name="there">Which attributes there are.</param>
    /// <param name="values">Their values: an integer, 0 or 1, or the index of a code.</param>
    public byte[] Write(EventSchema schema, uint there, ReadOnlySpan<long> values)
    {
        if (body.Length < schema.BodyBytesMax) body = new byte[schema.BodyBytesMax];
        length = 0;
        Append(EventSchema.Head);
        for (var i = 0; i < schema.Attributes.Length; i++)
        {
            if ((there & 1u << i) == 0) continue;
            if (length > EventSchema.Head.Length) Append(","u8);
            Append(schema.Attributes[i].Lead);
            Append(schema.Attributes[i], values[i]);
        }

        Append(schema.Tail);
        return body.AsSpan(0, length).ToArray();
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
                Utf8Formatter.TryFormat(value, body.AsSpan(length), out var written);
                length += written;
                break;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(body.AsSpan(length));
        length += bytes.Length;
    }
}
