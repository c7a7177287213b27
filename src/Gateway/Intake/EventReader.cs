using System.Collections.Immutable;
using System.Text.Json;
using Scoring.Limits;

namespace Scoring.Intake;

/// <summary>
/// Reads a request's CloudEvents straight from its bytes: strict, in one pass, every fault named. One reader serves one request.
/// </summary>
internal sealed class EventReader(SourceSchema source, GatewayLimits limits, FaultList faults)
{
    private readonly AttributeReader attributes = new(source, limits, faults);
    private readonly DataReader data = new(source, limits, faults);
    private readonly ImmutableArray<IncomingEvent>.Builder events = ImmutableArray.CreateBuilder<IncomingEvent>();
    private readonly char[] name = new char[limits.AttributeBytesMax];
    private readonly char[] text = new char[limits.AttributeBytesMax];

    /// <summary>The events read; all of them when there is no fault.</summary>
    public ImmutableArray<IncomingEvent> Events => events.DrainToImmutable();

    /// <summary>Whether the batch has more events than are taken; it is then not read to its end.</summary>
    public bool TooMany { get; private set; }

    /// <summary>Whether a name was not in the catalogue, which may have changed since it was read.</summary>
    public bool Missed => attributes.Missed || data.Missed;

    /// <summary>Reads one event in JSON.</summary>
    public void ReadStructured(ReadOnlySpan<byte> body) => Read(body, batch: false);

    /// <summary>Reads an array of events in JSON.</summary>
    public void ReadBatch(ReadOnlySpan<byte> body) => Read(body, batch: true);

    /// <summary>Reads one event whose attributes stand in headers.</summary>
    public void ReadBinary(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        var draft = new EventDraft(0);
        new HeaderReader(attributes, limits, faults).Read(headers, ref draft);
        attributes.Missing(draft);
        Data(draft, body, "/data");
    }

    private void Read(ReadOnlySpan<byte> body, bool batch)
    {
        if (JsonText.Unsound(body) is { } unsound)
        {
            faults.AddWhole(unsound);
            return;
        }

        var index = 0;
        var reader = new Utf8JsonReader(body, new() { MaxDepth = limits.JsonDepthMax });
        try
        {
            reader.Read();
            if (!batch)
            {
                Event(ref reader, body, 0);
            }
            else if (reader.TokenType != JsonTokenType.StartArray)
            {
                faults.AddWhole("A batch is an array of events.");
                reader.Skip();
            }
            else
            {
                for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
                {
                    TooMany = index == limits.BatchEventsMax;
                    if (TooMany) return;
                    Event(ref reader, body, index);
                }
            }

            reader.Read(); // throws on anything behind the value
        }
        catch (JsonException exception)
        {
            faults.Add(index, "", JsonText.Broken(exception, limits.JsonDepthMax));
        }
    }

    private void Event(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, int index)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            faults.Add(index, "", "An event is an object.");
            reader.Skip();
            return;
        }

        attributes.Begin();
        var draft = new EventDraft(index);
        Range content = default;
        byte[]? decoded = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!JsonText.TryCopy(ref reader, name, out var member))
            {
                faults.Add(index, "", "A member's name is too long or not well-formed Unicode.");
                reader.Read();
                reader.Skip();
                continue;
            }

            var known = AttributeReader.Known(member);
            var noted = attributes.Note(ref draft, known, member);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (known == CloudEventMembers.DataBase64 && noted) decoded = Base64(ref reader);
            else if (known is not (CloudEventMembers.Data or CloudEventMembers.DataBase64) && noted)
                Attribute(ref reader, ref draft, known, member);
            reader.Skip();
            if (known == CloudEventMembers.Data && noted) content = start..(int)reader.BytesConsumed;
        }

        attributes.Missing(draft);
        Content(draft, body[content], decoded);
    }

    private void Attribute(ref Utf8JsonReader reader, ref EventDraft draft, CloudEventMembers known, scoped ReadOnlySpan<char> member)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return; // the same as not there (CloudEvents JSON format, 2.2)
            case JsonTokenType.String when JsonText.TryCopy(ref reader, text, out var value):
                attributes.Text(ref draft, known, member, value);
                return;
            case JsonTokenType.String:
                faults.Add(draft.Index, FaultList.Member("", member), "It is too long or not well-formed Unicode.");
                break;
            case JsonTokenType.True or JsonTokenType.False when known == CloudEventMembers.None:
                return;
            case JsonTokenType.Number when known == CloudEventMembers.None && reader.TryGetInt32(out _):
                return;
            default:
                var detail = known == CloudEventMembers.None
                    ? "It must be a string, a boolean or a 32-bit integer."
                    : "It must be a string.";
                faults.Add(draft.Index, FaultList.Member("", member), detail);
                break;
        }

        draft.Set |= known;
    }

    private static byte[]? Base64(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes) ? bytes : null;

    private void Content(in EventDraft draft, ReadOnlySpan<byte> content, byte[]? decoded)
    {
        const CloudEventMembers both = CloudEventMembers.Data | CloudEventMembers.DataBase64;
        switch (draft.Seen & both)
        {
            case both:
                faults.Add(draft.Index, "/data_base64", "It must not stand beside data.");
                break;
            case CloudEventMembers.None:
                faults.Add(draft.Index, "/data", "It is missing.");
                break;
            case CloudEventMembers.Data:
                Data(draft, content, "/data");
                break;
            case CloudEventMembers.DataBase64 when decoded is not null:
                Data(draft, decoded, "/data_base64");
                break;
            default:
                faults.Add(draft.Index, "/data_base64", "It must be base64 in a string.");
                break;
        }
    }

    private void Data(in EventDraft draft, ReadOnlySpan<byte> content, string at)
    {
        if (JsonText.Unsound(content) is { } unsound)
        {
            faults.Add(draft.Index, at, unsound);
            return;
        }

        try
        {
            if (data.Read(draft, content, at) is { } read) events.Add(read);
        }
        catch (JsonException exception)
        {
            faults.Add(draft.Index, at, JsonText.Broken(exception, limits.JsonDepthMax));
        }
    }
}
