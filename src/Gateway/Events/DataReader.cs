using System.Buffers;
using System.Text.Json;
using Scoring.Intake;
using Scoring.Limits;

namespace Scoring.Events;

/// <summary>Reads an event's data against its type and writes the entry's body in canonical JSON.</summary>
internal sealed class DataReader(SourceSchema source, GatewayLimits limits, FaultList faults)
{
    private const int HandleCharsMin = 16;
    private const int HandleCharsMax = 128;

    private static readonly SearchValues<char> HandleChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private readonly char[] name = new char[limits.AttributeBytesMax];
    private readonly char[] text = new char[limits.AttributeBytesMax];
    private readonly long[] values = new long[32];
    private readonly BodyWriter body = new();

    /// <summary>Whether a name was not in the catalogue, which may have changed since it was read.</summary>
    public bool Missed { get; private set; }

    /// <summary>Reads the data of an event whose attributes are read. <see langword="null"/> when something is at fault.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public IncomingEvent? Read(in EventDraft draft, ReadOnlySpan<byte> json, string at)
    {
        if (draft.Schema is not { } schema) return null;
        var before = faults.Total;
        var reader = new Utf8JsonReader(json, new() { MaxDepth = limits.JsonDepthMax });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            faults.Add(draft.Index, at, "It must be an object.");
            return null;
        }

        ProgrammeSchema? programme = null;
        string? handle = null;
        var members = new Members();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = JsonText.TryCopy(ref reader, name, out var member);
            reader.Read();
            if (known && member is "programme") programme = Programme(draft.Index, at, ref reader, ref members.Programme, schema);
            else if (known && member is "handle") handle = Handle(draft.Index, at, ref reader, ref members.Handle);
            else if (known && IndexOf(schema, member, members.Last) is var index and >= 0)
                Attribute(draft.Index, at, ref reader, ref members, schema, index);
            else
                faults.Add(draft.Index, FaultList.Member(at, known ? member : default), "The event type has no such attribute.");
            reader.Skip();
        }

        reader.Read(); // throws on anything behind the object
        Missing(draft.Index, at, members, schema);
        return faults.Total == before && programme is not null && handle is not null && draft.Id is not null
            ? new IncomingEvent(draft.Id, programme.Id, handle, draft.Time, body.Write(schema, members.Attributes, values))
            : null;
    }

    private void Missing(int index, string at, in Members members, EventSchema schema)
    {
        if (!members.Programme) faults.Add(index, at + "/programme", "It is missing.");
        if (!members.Handle) faults.Add(index, at + "/handle", "It is missing.");
        var missing = schema.RequiredMask & ~members.Attributes;
        for (var i = 0; missing != 0; i++, missing >>= 1)
            if ((missing & 1) != 0) faults.Add(index, $"{at}/{schema.Attributes[i].Definition.Name}", "It is missing.");
    }

    private ProgrammeSchema? Programme(int index, string at, ref Utf8JsonReader reader, ref bool there, EventSchema schema)
    {
        var again = there;
        there = true;
        if (again) return Fault<ProgrammeSchema>(index, at + "/programme", "This member is there twice.");
        if (reader.TokenType != JsonTokenType.String || !JsonText.TryCopy(ref reader, text, out var value))
            return Fault<ProgrammeSchema>(index, at + "/programme", "It must be a programme's name.");
        var found = source.Programme(value);
        if (found is not null && found.Types.Contains(schema.Name)) return found;
        Missed = true;
        return Fault<ProgrammeSchema>(index, at + "/programme", "No such programme is published, or it does not take this type of event.");
    }

    private string? Handle(int index, string at, ref Utf8JsonReader reader, ref bool there)
    {
        var again = there;
        there = true;
        if (again) return Fault<string>(index, at + "/handle", "This member is there twice.");
        return reader.TokenType == JsonTokenType.String && JsonText.TryCopy(ref reader, text, out var value)
            && value.Length is >= HandleCharsMin and <= HandleCharsMax && !value.ContainsAnyExcept(HandleChars)
            ? value.ToString()
            : Fault<string>(index, at + "/handle", $"It must be {HandleCharsMin} to {HandleCharsMax} of A-Z, a-z, 0-9, _ and -.");
    }

    private void Attribute(int index, string at, ref Utf8JsonReader reader, ref Members members, EventSchema schema, int position)
    {
        var bit = 1u << position;
        var definition = schema.Attributes[position].Definition;
        var fault = (members.Attributes & bit) != 0
            ? "This member is there twice."
            : definition.Kind switch
            {
                AttributeKind.Integer => Integer(ref reader, definition, out values[position]),
                AttributeKind.Boolean => Boolean(ref reader, out values[position]),
                _ => Code(ref reader, schema.Attributes[position], out values[position]),
            };
        members.Attributes |= bit;
        members.Last = position;
        if (fault is not null) faults.Add(index, $"{at}/{definition.Name}", fault);
    }

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
    private static int IndexOf(EventSchema schema, ReadOnlySpan<char> name, int last)
    {
        var count = schema.Attributes.Length;
        for (var step = 1; step <= count; step++)
        {
            var index = (last + step) % count;
            if (name.SequenceEqual(schema.Attributes[index].Definition.Name)) return index;
        }

        return -1;
    }

    private T? Fault<T>(int index, string pointer, string detail)
        where T : class
    {
        faults.Add(index, pointer, detail);
        return null;
    }

    private struct Members()
    {
        public bool Programme;
        public bool Handle;
        public uint Attributes;
        public int Last = -1;
    }
}
