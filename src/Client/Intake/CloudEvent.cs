using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>One event in the JSON format of CloudEvents 1.0.</summary>
/// <param name="Id">1 to 256 bytes without control characters; together with the source it identifies the event permanently.</param>
/// <param name="Source">The source that the access token names.</param>
/// <param name="Type">An event type of the source's family.</param>
/// <param name="Time">When the event happened. Only its day, in the programme's zone, is kept.</param>
/// <param name="Data">The programme, the handle and the attributes.</param>
public sealed record CloudEvent(string Id, string Source, string Type, DateTimeOffset Time, CloudEventData Data)
{
    /// <summary>The version of CloudEvents.</summary>
    [JsonPropertyName("specversion")]
    public string SpecVersion => "1.0";
}

/// <summary>What an event says of its subject.</summary>
/// <param name="Programme">A published programme that accepts the event type.</param>
/// <param name="Handle">The handle by which the source names the subject, 16 to 128 of A-Z, a-z, 0-9, - and _.</param>
public sealed record CloudEventData(string Programme, string Handle)
{
    /// <summary>The attributes of the event type: integers, booleans and codes (text). Any other attribute is refused.</summary>
    [JsonExtensionData]
    public IDictionary<string, object>? Attributes { get; init; }
}
