using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Scoring.Rules;

/// <summary>
/// Reads the members of an entry's body that the fold needs, in one pass and without copying. Canonical order puts <c>data</c> before
/// <c>type</c>, so the reader remembers the positions of attributes until the type says what they are.
/// </summary>
internal ref struct EntryBodyReader
{
    /// <summary>The greatest number of attributes of an event.</summary>
    public const int AttributesMax = 16;

    private readonly ReadOnlySpan<byte> _json;
    private Slots _slots;

    private EntryBodyReader(ReadOnlySpan<byte> json)
    {
        _json = json;
        Day = DueDay = -1;
    }

    /// <summary>The event type's name in UTF-8; empty when absent.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>The number of attributes in <c>data</c>.</summary>
    public int AttributeCount { get; private set; }

    /// <summary>The day number of <c>day</c>, the day of the event that the entry refers to; -1 when absent.</summary>
    public int Day { get; private set; }

    /// <summary>The day number of <c>dueDay</c>, the due day of a contest; -1 when absent.</summary>
    public int DueDay { get; private set; }

    /// <summary>The turn of the event that the entry refers to; 0 when absent.</summary>
    public long Turn { get; private set; }

    /// <summary>Whether a decision upholds the contest; <see langword="null"/> when absent.</summary>
    public bool? Upheld { get; private set; }

    /// <summary>The name of an attribute in UTF-8.</summary>
    public readonly ReadOnlySpan<byte> Name(int index) => _json.Slice(_slots[index].NameStart, _slots[index].NameLength);

    /// <summary>The value of an attribute as JSON text, a string without its quotes.</summary>
    public readonly ReadOnlySpan<byte> Value(int index) => _json.Slice(_slots[index].ValueStart, _slots[index].ValueLength);

    /// <summary>The JSON type of an attribute's value.</summary>
    public readonly JsonTokenType ValueKind(int index) => _slots[index].Kind;

    /// <summary>Reads a body.</summary>
    /// <param name="json">The body in canonical JSON, UTF-8. It must outlive the reader.</param>
    /// <param name="body">The members that were read.</param>
    /// <returns>One of <see cref="EntryFault"/>; <see langword="null"/> for success.</returns>
    public static string? Read(ReadOnlySpan<byte> json, out EntryBodyReader body)
    {
        body = new EntryBodyReader(json);
        try
        {
            return body.Read();
        }
        catch (JsonException)
        {
            return EntryFault.BodyNotJson;
        }
    }

    private string? Read()
    {
        var reader = new Utf8JsonReader(_json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return EntryFault.BodyNotJson;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            string? fault = null;
            if (name.SequenceEqual("data"u8)) fault = ReadData(ref reader);
            else if (name.SequenceEqual("type"u8)) fault = ReadType(ref reader);
            else if (name.SequenceEqual("turn"u8)) fault = ReadTurn(ref reader);
            else if (name.SequenceEqual("day"u8)) fault = (Day = ReadDay(ref reader)) < 0 ? EntryFault.MemberWrong : null;
            else if (name.SequenceEqual("dueDay"u8)) fault = (DueDay = ReadDay(ref reader)) < 0 ? EntryFault.MemberWrong : null;
            else if (name.SequenceEqual("upheld"u8)) fault = ReadUpheld(ref reader);
            else reader.Skip();
            if (fault is not null) return fault;
        }
        return reader.Read() ? EntryFault.BodyNotJson : null;
    }

    private string? ReadData(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return EntryFault.MemberWrong;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (AttributeCount == AttributesMax) return EntryFault.AttributesTooMany;
            ref var slot = ref _slots[AttributeCount++];
            slot.NameStart = (int)reader.TokenStartIndex + 1;
            slot.NameLength = reader.ValueSpan.Length;
            reader.Read();
            slot.Kind = reader.TokenType;
            if (slot.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray) return EntryFault.AttributeTypeWrong;
            slot.ValueStart = (int)reader.TokenStartIndex + (slot.Kind == JsonTokenType.String ? 1 : 0);
            slot.ValueLength = reader.ValueSpan.Length;
        }
        return null;
    }

    private string? ReadType(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String) return EntryFault.MemberWrong;
        Type = _json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        return null;
    }

    private string? ReadTurn(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var turn) || turn < 1) return EntryFault.MemberWrong;
        Turn = turn;
        return null;
    }

    private string? ReadUpheld(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False)) return EntryFault.MemberWrong;
        Upheld = reader.TokenType == JsonTokenType.True;
        return null;
    }

    /// <summary>The day number of an ISO date without a time; -1 for anything else.</summary>
    private static int ReadDay(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.ValueSpan;
        if (reader.TokenType != JsonTokenType.String || text.Length != 10 || text[4] != '-' || text[7] != '-') return -1;
        if (!TryParseDigits(text[..4], out var year) || !TryParseDigits(text.Slice(5, 2), out var month)
            || !TryParseDigits(text.Slice(8, 2), out var day)) return -1;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return -1;
        return new DateOnly(year, month, day).DayNumber;
    }

    private static bool TryParseDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        return !text.ContainsAnyExceptInRange((byte)'0', (byte)'9') && Utf8Parser.TryParse(text, out value, out _);
    }

    private struct Slot
    {
        public int NameStart, NameLength, ValueStart, ValueLength;
        public JsonTokenType Kind;
    }

    [InlineArray(AttributesMax)]
    private struct Slots
    {
        private Slot _first;
    }
}
