using System.Buffers;
using System.Text.Json;
using Scoring.Limits;

namespace Scoring.Intake;

/// <summary>Checks an event's data against its type and writes the entry's body in canonical JSON.</summary>
internal sealed class DataReader(SourceSchema source, GatewayLimits limits, FaultList faults, TextBuffers buffers)
{
    private const int HandleCharsMin = 16;
    private const int HandleCharsMax = 128;

    private static readonly SearchValues<char> HandleChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private readonly TypedData _attributes = new(faults, buffers);

    /// <summary>Whether the catalogue lacks a name of the event. The catalogue may have changed since it was read.</summary>
    public bool Missed { get; private set; }

    /// <summary>Reads the data of an event whose attributes are already read; <see langword="null"/> when it has a fault.</summary>
    /// <exception cref="JsonException">The data is not JSON.</exception>
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
        var hasProgramme = false;
        var hasHandle = false;
        _attributes.Begin(schema);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = JsonText.TryCopy(ref reader, buffers.Name, out var member);
            reader.Read();
            if (known && member is "programme") programme = ReadProgramme(draft.Index, at, ref reader, ref hasProgramme, schema);
            else if (known && member is "handle") handle = ReadHandle(draft.Index, at, ref reader, ref hasHandle);
            else if (!known || !_attributes.TryRead(draft.Index, at, ref reader, member))
                faults.Add(draft.Index, FaultList.Member(at, known ? member : default), FaultList.NoSuchAttribute);
            reader.Skip();
        }

        reader.Read(); // throws when anything follows the object
        if (!hasProgramme) faults.Add(draft.Index, at + "/programme", FaultList.Missing);
        if (!hasHandle) faults.Add(draft.Index, at + "/handle", FaultList.Missing);
        _attributes.AddMissing(draft.Index, at);
        return faults.Total == before && programme is not null && handle is not null && draft.Id is not null
            ? new IncomingEvent(draft.Id, programme.Id, handle, draft.Time, _attributes.WriteBody())
            : null;
    }

    private ProgrammeSchema? ReadProgramme(int index, string at, ref Utf8JsonReader reader, ref bool isPresent, EventSchema schema)
    {
        var isDuplicate = isPresent;
        isPresent = true;
        if (isDuplicate) return Fault<ProgrammeSchema>(index, at + "/programme", FaultList.Duplicate);
        if (reader.TokenType != JsonTokenType.String || !JsonText.TryCopy(ref reader, buffers.Value, out var value))
            return Fault<ProgrammeSchema>(index, at + "/programme", "It must be a programme's name.");
        var programme = source.Programme(value);
        if (programme is not null && programme.Types.Contains(schema.Name)) return programme;
        Missed = true;
        return Fault<ProgrammeSchema>(index, at + "/programme", FaultList.ProgrammeUnknown);
    }

    private string? ReadHandle(int index, string at, ref Utf8JsonReader reader, ref bool isPresent)
    {
        var isDuplicate = isPresent;
        isPresent = true;
        if (isDuplicate) return Fault<string>(index, at + "/handle", FaultList.Duplicate);
        return reader.TokenType == JsonTokenType.String && JsonText.TryCopy(ref reader, buffers.Value, out var value)
            && value.Length is >= HandleCharsMin and <= HandleCharsMax && !value.ContainsAnyExcept(HandleChars)
            ? value.ToString()
            : Fault<string>(
                index, at + "/handle", $"It must be {HandleCharsMin} to {HandleCharsMax} characters of A-Z, a-z, 0-9, _ and -.");
    }

    private T? Fault<T>(int index, string pointer, string detail)
        where T : class
    {
        faults.Add(index, pointer, detail);
        return null;
    }
}
