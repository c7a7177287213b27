using System.Buffers;
using System.Text.Json;
using Scoring.Limits;

namespace Scoring.Intake;

/// <summary>Reads an event's data against its type and writes the entry's body in canonical JSON.</summary>
internal sealed class DataReader(SourceSchema source, GatewayLimits limits, FaultList faults)
{
    private const int HandleCharsMin = 16;
    private const int HandleCharsMax = 128;

    private static readonly SearchValues<char> HandleChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private readonly char[] name = new char[limits.AttributeBytesMax];
    private readonly char[] text = new char[limits.AttributeBytesMax];
    private readonly TypedData attributes = new(limits, faults);

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
        var (hasProgramme, hasHandle) = (false, false);
        attributes.Begin(schema);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = JsonText.TryCopy(ref reader, name, out var member);
            reader.Read();
            if (known && member is "programme") programme = Programme(draft.Index, at, ref reader, ref hasProgramme, schema);
            else if (known && member is "handle") handle = Handle(draft.Index, at, ref reader, ref hasHandle);
            else if (!known || !attributes.Take(draft.Index, at, ref reader, member))
                faults.Add(draft.Index, FaultList.Member(at, known ? member : default), "The event type has no such attribute.");
            reader.Skip();
        }

        reader.Read(); // throws on anything behind the object
        if (!hasProgramme) faults.Add(draft.Index, at + "/programme", "It is missing.");
        if (!hasHandle) faults.Add(draft.Index, at + "/handle", "It is missing.");
        attributes.Missing(draft.Index, at);
        return faults.Total == before && programme is not null && handle is not null && draft.Id is not null
            ? new IncomingEvent(draft.Id, programme.Id, handle, draft.Time, attributes.Body())
            : null;
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

    private T? Fault<T>(int index, string pointer, string detail)
        where T : class
    {
        faults.Add(index, pointer, detail);
        return null;
    }
}
