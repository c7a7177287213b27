using System.Collections.Immutable;
using System.Text.Json;
using Scoring.Limits;

namespace Scoring.Intake;

/// <summary>
/// Reads a request's CloudEvents from its bytes, strictly and in one pass, and reports every fault. One reader serves one request.
/// </summary>
internal sealed class EventReader(SourceSchema source, GatewayLimits limits, FaultList faults, TextBuffers buffers)
{
    private readonly AttributeReader _attributes = new(source, limits, faults);
    private readonly DataReader _data = new(source, limits, faults, buffers);
    private readonly ImmutableArray<IncomingEvent>.Builder _events = ImmutableArray.CreateBuilder<IncomingEvent>(1);

    /// <summary>The valid events; all events of the request when there is no fault.</summary>
    public ImmutableArray<IncomingEvent> Events => _events.DrainToImmutable();

    /// <summary>Whether the batch has more events than the limit. The rest of it is then not read.</summary>
    public bool TooMany { get; private set; }

    /// <summary>Whether the catalogue lacks a name of an event. The catalogue may have changed since it was read.</summary>
    public bool Missed => _attributes.Missed || _data.Missed;

    /// <summary>Reads one event in JSON.</summary>
    public void ReadStructured(ReadOnlySpan<byte> body) => Read(body, batch: false);

    /// <summary>Reads an array of events in JSON.</summary>
    public void ReadBatch(ReadOnlySpan<byte> body) => Read(body, batch: true);

    /// <summary>Reads one event whose attributes are in headers and whose data is the body.</summary>
    public void ReadBinary(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        var draft = new EventDraft(0);
        new HeaderReader(_attributes, limits, faults).Read(headers, ref draft);
        _attributes.AddMissing(draft);
        ReadData(draft, body, "/data");
    }

    private void Read(ReadOnlySpan<byte> body, bool batch)
    {
        if (JsonText.EncodingFault(body) is { } fault)
        {
            faults.AddWhole(fault);
            return;
        }

        var index = 0;
        var reader = new Utf8JsonReader(body, new() { MaxDepth = limits.JsonDepthMax });
        try
        {
            reader.Read();
            if (!batch)
            {
                ReadEvent(ref reader, body, 0);
            }
            else if (reader.TokenType != JsonTokenType.StartArray)
            {
                faults.AddWhole("A batch must be an array of events.");
                reader.Skip();
            }
            else
            {
                for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
                {
                    TooMany = index == limits.BatchEventsMax;
                    if (TooMany) return;
                    ReadEvent(ref reader, body, index);
                }
            }

            reader.Read(); // throws when anything follows the value
        }
        catch (JsonException exception)
        {
            faults.Add(index, "", JsonText.SyntaxFault(exception, limits.JsonDepthMax));
        }
    }

    private void ReadEvent(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, int index)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            faults.Add(index, "", "An event must be an object.");
            reader.Skip();
            return;
        }

        _attributes.Begin();
        var draft = new EventDraft(index);
        Range content = default;
        byte[]? decoded = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!JsonText.TryCopy(ref reader, buffers.Name, out var member))
            {
                faults.Add(index, "", "A member's name is too long or not well-formed Unicode.");
                reader.Read();
                reader.Skip();
                continue;
            }

            var known = AttributeReader.MemberOf(member);
            var isRegistered = _attributes.TryRegister(ref draft, known, member);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (known == CloudEventMembers.DataBase64 && isRegistered) decoded = ReadBase64(ref reader);
            else if (known is not (CloudEventMembers.Data or CloudEventMembers.DataBase64) && isRegistered)
                ReadAttribute(ref reader, ref draft, known, member);
            reader.Skip();
            if (known == CloudEventMembers.Data && isRegistered) content = start..(int)reader.BytesConsumed;
        }

        _attributes.AddMissing(draft);
        ReadContent(draft, body[content], decoded);
    }

    private void ReadAttribute(ref Utf8JsonReader reader, ref EventDraft draft, CloudEventMembers known, scoped ReadOnlySpan<char> member)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return; // a null attribute is an absent one (CloudEvents JSON format, 2.2)
            case JsonTokenType.String when JsonText.TryCopy(ref reader, buffers.Value, out var value):
                _attributes.CheckText(ref draft, known, member, value);
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

    private static byte[]? ReadBase64(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes) ? bytes : null;

    private void ReadContent(in EventDraft draft, ReadOnlySpan<byte> content, byte[]? decoded)
    {
        const CloudEventMembers Both = CloudEventMembers.Data | CloudEventMembers.DataBase64;
        switch (draft.Present & Both)
        {
            case Both:
                faults.Add(draft.Index, "/data_base64", "It must be absent when data is present.");
                break;
            case CloudEventMembers.None:
                faults.Add(draft.Index, "/data", FaultList.Missing);
                break;
            case CloudEventMembers.Data:
                ReadData(draft, content, "/data");
                break;
            case CloudEventMembers.DataBase64 when decoded is not null:
                ReadData(draft, decoded, "/data_base64");
                break;
            default:
                faults.Add(draft.Index, "/data_base64", "It must be a string in base64.");
                break;
        }
    }

    private void ReadData(in EventDraft draft, ReadOnlySpan<byte> content, string at)
    {
        if (JsonText.EncodingFault(content) is { } fault)
        {
            faults.Add(draft.Index, at, fault);
            return;
        }

        try
        {
            if (_data.Read(draft, content, at) is { } incoming) _events.Add(incoming);
        }
        catch (JsonException exception)
        {
            faults.Add(draft.Index, at, JsonText.SyntaxFault(exception, limits.JsonDepthMax));
        }
    }
}
