using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>A registered type of event.</summary>
/// <param name="Name">The CloudEvents <c>type</c>: family, a dot, and a word, as in <c>traffic.speeding</c>.</param>
/// <param name="Family">The family of the sources that may send it.</param>
/// <param name="Origin">How it comes about.</param>
/// <param name="Context">The field of city life it belongs to.</param>
/// <param name="Description">What it records, in plain words.</param>
/// <param name="Attributes">Its attributes in ascending names (ordinal), 0 to 16.</param>
/// <param name="Version">Its version, from 1. A later version only adds optional attributes and codes.</param>
/// <param name="Stopped">Whether it is suspended or ended. The platform refuses its events then.</param>
public sealed record EventType(
    string Name, EventFamily Family, EventOrigin Origin, Context Context, string Description,
    IReadOnlyList<AttributeDefinition> Attributes, int Version = 0, bool Stopped = false);

/// <summary>The family of events that a source produces; each source has exactly one.</summary>
[JsonConverter(typeof(WordConverter<EventFamily>))]
public enum EventFamily
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>Payments and refunds.</summary>
    Payment,

    /// <summary>Driving, parking, trips.</summary>
    Traffic,

    /// <summary>Inspections, check-ins, and readings of cameras and sensors.</summary>
    Surveillance,
}

/// <summary>How an event comes about. It decides which kinds of subject the event may score.</summary>
[JsonConverter(typeof(WordConverter<EventOrigin>))]
public enum EventOrigin
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>The person scored initiated it: a payment, a tap, a check-in.</summary>
    Initiated,

    /// <summary>A human attested it: an inspection, an officer's record.</summary>
    Attested,

    /// <summary>An automatic reader produced it. It never scores a citizen.</summary>
    Automatic,
}

/// <summary>One typed attribute of an event type.</summary>
/// <param name="Name">camelCase, 1 to 40 letters and digits; not <c>programme</c> or <c>handle</c>.</param>
/// <param name="Kind">The kind of values it takes.</param>
/// <param name="Required">Whether an event must carry it.</param>
/// <param name="Unit">The unit of an integer (UCUM symbol or plain word); empty for other kinds.</param>
/// <param name="Min">The least value of an integer, inclusive.</param>
/// <param name="Max">The greatest value of an integer, inclusive.</param>
/// <param name="Codes">The values of a code, 1 to 64, each 1 to 40 characters of a-z, 0-9 and hyphens.</param>
/// <param name="Description">What it means, in plain words.</param>
public sealed record AttributeDefinition(
    string Name, AttributeKind Kind, bool Required, string Unit, long Min, long Max, IReadOnlyList<string> Codes, string Description);

/// <summary>The kind of values an attribute takes. There is no text kind: the schema has no place for names, places or prose.</summary>
[JsonConverter(typeof(WordConverter<AttributeKind>))]
public enum AttributeKind
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>A 64-bit integer within a range, with a unit.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of a closed list of codes.</summary>
    Code,
}
