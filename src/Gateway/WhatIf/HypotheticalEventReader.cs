using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Scoring.Intake;
using Scoring.Limits;

namespace Scoring.WhatIf;

/// <summary>
/// Reads <c>{"type":…,"day":…,"data":{…}}</c>, an event that nobody sent, as strictly as a real one: its data by the same code.
/// </summary>
internal sealed class HypotheticalEventReader(FrozenDictionary<string, EventSchema> types, GatewayLimits limits, FaultList faults)
{
    private readonly char[] name = new char[limits.AttributeBytesMax];
    private readonly char[] text = new char[limits.AttributeBytesMax];
    private readonly TypedData attributes = new(limits, faults);

    /// <summary>Whether the type was not in the catalogue, which may have changed since it was read.</summary>
    public bool Missed { get; private set; }

    /// <summary>Reads the body of a request. <see langword="null"/> when something is at fault.</summary>
    public HypotheticalEvent? Read(ReadOnlySpan<byte> body)
    {
        if (JsonText.Unsound(body) is { } unsound)
        {
            faults.AddWhole(unsound);
            return null;
        }

        try
        {
            return Members(body);
        }
        catch (JsonException exception)
        {
            faults.Add(0, "", JsonText.Broken(exception, limits.JsonDepthMax));
            return null;
        }
    }

    private HypotheticalEvent? Members(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new() { MaxDepth = limits.JsonDepthMax });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            faults.Add(0, "", "An event is an object.");
            return null;
        }

        var before = faults.Total;
        var (hasType, hasDay, hasData) = (false, false, false);
        EventSchema? schema = null;
        DateOnly? day = null;
        Range data = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = JsonText.TryCopy(ref reader, name, out var member);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (known && member is "type" && First(ref hasType, "/type")) schema = Type(ref reader);
            else if (known && member is "day" && First(ref hasDay, "/day")) day = Day(ref reader);
            else if (known && member is "data" && First(ref hasData, "/data"))
            {
                reader.Skip();
                data = start..(int)reader.BytesConsumed;
            }
            else if (!known || member is not ("type" or "day" or "data"))
                faults.Add(0, FaultList.Member("", known ? member : default), "There is no such member.");
            reader.Skip();
        }

        reader.Read(); // throws on anything behind the object
        if (!hasType) faults.Add(0, "/type", "It is missing.");
        if (!hasData) faults.Add(0, "/data", "It is missing.");
        if (schema is null || !hasData) return null;
        Data(schema, body[data]);
        return faults.Total == before ? new HypotheticalEvent(day, attributes.Body()) : null;
    }

    private void Data(EventSchema schema, ReadOnlySpan<byte> json)
    {
        const string At = "/data";
        var reader = new Utf8JsonReader(json, new() { MaxDepth = limits.JsonDepthMax });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            faults.Add(0, At, "It must be an object.");
            return;
        }

        attributes.Begin(schema);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = JsonText.TryCopy(ref reader, name, out var member);
            reader.Read();
            if (!known || !attributes.Take(0, At, ref reader, member))
                faults.Add(0, FaultList.Member(At, known ? member : default), "The event type has no such attribute.");
            reader.Skip();
        }

        attributes.Missing(0, At);
    }

    private EventSchema? Type(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && JsonText.TryCopy(ref reader, text, out var value)
            && types.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value, out var found))
            return found;
        Missed = true;
        faults.Add(0, "/type", "The programme does not take this type of event.");
        return null;
    }

    private DateOnly? Day(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.String && JsonText.TryCopy(ref reader, text, out var value)
            && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        faults.Add(0, "/day", "It must be a day as in ISO 8601, year-month-day.");
        return null;
    }

    private bool First(ref bool there, string pointer)
    {
        if (there) faults.Add(0, pointer, "This member is there twice.");
        return !there && (there = true);
    }
}
