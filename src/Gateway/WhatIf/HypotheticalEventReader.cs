using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Scoring.Intake;
using Scoring.Limits;

namespace Scoring.WhatIf;

/// <summary>
/// Reads a hypothetical event, <c>{"type":…,"day":…,"data":{…}}</c>, as strictly as a real one. The same code reads its data.
/// </summary>
internal sealed class HypotheticalEventReader(
    FrozenDictionary<string, EventSchema> types, GatewayLimits limits, FaultList faults, TextBuffers buffers)
{
    /// <summary>The detail of an event type that the programme does not accept.</summary>
    public const string TypeNotAccepted = "The programme does not accept this type of event.";

    private readonly TypedData _attributes = new(faults, buffers);
    private int _index;

    /// <summary>Whether the catalogue lacks the event's type. The catalogue may have changed since it was read.</summary>
    public bool Missed { get; private set; }

    /// <summary>Reads an event; <see langword="null"/> when it has a fault.</summary>
    /// <param name="body">The body of a request, or the event's part of it.</param>
    /// <param name="index">The event's place in the request, from 0.</param>
    public HypotheticalEvent? Read(ReadOnlySpan<byte> body, int index = 0)
    {
        _index = index;
        if (JsonText.EncodingFault(body) is { } fault)
        {
            faults.AddWhole(fault);
            return null;
        }

        try
        {
            return ReadObject(body);
        }
        catch (JsonException exception)
        {
            faults.Add(_index, "", JsonText.SyntaxFault(exception, limits.JsonDepthMax));
            return null;
        }
    }

    private HypotheticalEvent? ReadObject(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new() { MaxDepth = limits.JsonDepthMax });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            faults.Add(_index, "", "An event must be an object.");
            return null;
        }

        return ReadMembers(ref reader, body);
    }

    private HypotheticalEvent? ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var before = faults.Total;
        var hasType = false;
        var hasDay = false;
        var hasData = false;
        EventSchema? schema = null;
        DateOnly? day = null;
        Range data = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = JsonText.TryCopy(ref reader, buffers.Name, out var member);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (known && member is "type" && IsFirst(ref hasType, "/type")) schema = ReadType(ref reader);
            else if (known && member is "day" && IsFirst(ref hasDay, "/day")) day = ReadDay(ref reader);
            else if (known && member is "data" && IsFirst(ref hasData, "/data"))
            {
                reader.Skip();
                data = start..(int)reader.BytesConsumed;
            }
            else if (!known || member is not ("type" or "day" or "data"))
                faults.Add(_index, FaultList.Member("", known ? member : default), "An event has no such member.");
            reader.Skip();
        }

        reader.Read(); // throws when anything follows the object
        if (!hasType) faults.Add(_index, "/type", FaultList.Missing);
        if (!hasData) faults.Add(_index, "/data", FaultList.Missing);
        if (schema is null || !hasData) return null;
        ReadData(schema, body[data]);
        return faults.Total == before ? new HypotheticalEvent(day, _attributes.WriteBody()) : null;
    }

    private void ReadData(EventSchema schema, ReadOnlySpan<byte> json)
    {
        const string At = "/data";
        var reader = new Utf8JsonReader(json, new() { MaxDepth = limits.JsonDepthMax });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            faults.Add(_index, At, "It must be an object.");
            return;
        }

        _attributes.Begin(schema);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = JsonText.TryCopy(ref reader, buffers.Name, out var member);
            reader.Read();
            if (!known || !_attributes.TryRead(_index, At, ref reader, member))
                faults.Add(_index, FaultList.Member(At, known ? member : default), FaultList.NoSuchAttribute);
            reader.Skip();
        }

        _attributes.AddMissing(_index, At);
    }

    private EventSchema? ReadType(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && JsonText.TryCopy(ref reader, buffers.Value, out var value)
            && types.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value, out var type))
            return type;
        Missed = true;
        faults.Add(_index, "/type", TypeNotAccepted);
        return null;
    }

    private DateOnly? ReadDay(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.String && JsonText.TryCopy(ref reader, buffers.Value, out var value)
            && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        faults.Add(_index, "/day", "It must be an ISO 8601 date: year-month-day.");
        return null;
    }

    private bool IsFirst(ref bool isPresent, string pointer)
    {
        if (isPresent) faults.Add(_index, pointer, FaultList.Duplicate);
        return !isPresent && (isPresent = true);
    }
}
