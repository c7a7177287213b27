using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Scoring.Rules;

/// <summary>
/// The members of an entry's body that valuing needs, read in one pass and without copying. Canonical order puts <c>data</c> before
/// <c>type</c>, so attributes are remembered by place until the type tells what they are.
/// </summary>
internal ref struct EntryBodyReader
{
    public const int AttributesMax = 16;

    private readonly ReadOnlySpan<byte> json;
    private Slots slots;

    private EntryBodyReader(ReadOnlySpan<byte> json)
    {
        this.json = json;
        Day = DueDay = -1;
    }

    public ReadOnlySpan<byte> Type { get; private set; }

    public int AttributeCount { get; private set; }

    /// <summary>Day number of <c>day</c>; -1 when absent.</summary>
    public int Day { get; private set; }

    /// <summary>Day number of <c>dueDay</c>; -1 when absent.</summary>
    public int DueDay { get; private set; }

    /// <summary>The turn spoken of; 0 when absent.</summary>
    public long Turn { get; private set; }

    public bool? Upheld { get; private set; }

    public readonly ReadOnlySpan<byte> Name(int index) => json.Slice(slots[index].NameStart, slots[index].NameLength);

    public readonly ReadOnlySpan<byte> Value(int index) => json.Slice(slots[index].ValueStart, slots[index].ValueLength);

    public readonly JsonTokenType ValueKind(int index) => slots[index].Kind;

    /// <summary>Reads a body. Returns why it cannot be read, or <see langword="null"/>.</summary>
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
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return EntryFault.BodyNotJson;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            string? fault = null;
            if (name.SequenceEqual("data"u8)) fault = ReadData(ref reader);
            else if (name.SequenceEqual("type"u8)) fault = ReadType(ref reader);
            else if (name.SequenceEqual("turn"u8)) fault = ReadTurn(ref reader);
            else if (name.SequenceEqual("day"u8)) { Day = ReadDay(ref reader); if (Day < 0) fault = EntryFault.MemberWrong; }
            else if (name.SequenceEqual("dueDay"u8)) { DueDay = ReadDay(ref reader); if (DueDay < 0) fault = EntryFault.MemberWrong; }
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
            ref var slot = ref slots[AttributeCount++];
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
        Type = json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
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

    /// <summary>An ISO date, and nothing beside it; -1 when it is none.</summary>
    private static int ReadDay(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.ValueSpan;
        if (reader.TokenType != JsonTokenType.String || text.Length != 10 || text[4] != '-' || text[7] != '-') return -1;
        if (!Digits(text[..4], out var year) || !Digits(text.Slice(5, 2), out var month)
            || !Digits(text.Slice(8, 2), out var day)) return -1;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return -1;
        return new DateOnly(year, month, day).DayNumber;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
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
        private Slot first;
    }
}
