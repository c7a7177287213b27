using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Events;

/// <summary>The family of events that a source produces; each source has exactly one.</summary>
public enum EventFamily
{
    /// <summary>Payments and refunds.</summary>
    Payment = 1,

    /// <summary>Driving, parking, trips.</summary>
    Traffic = 2,

    /// <summary>Inspections, check-ins, and readings of cameras and sensors.</summary>
    Surveillance = 3,
}

/// <summary>How an event comes about. It decides which kinds of subject the event may score.</summary>
public enum EventOrigin
{
    /// <summary>The person scored initiated it: a payment, a tap, a check-in.</summary>
    Initiated = 1,

    /// <summary>A human attested it: an inspection, an officer's record.</summary>
    Attested = 2,

    /// <summary>An automatic reader produced it. It never scores a citizen.</summary>
    Automatic = 3,
}

/// <summary>The kind of values an attribute takes. There is no text kind: the schema has no place for names, places or prose.</summary>
public enum AttributeKind
{
    /// <summary>A 64-bit integer within a range, with a unit.</summary>
    Integer = 1,

    /// <summary>True or false.</summary>
    Boolean = 2,

    /// <summary>One of a closed list of codes.</summary>
    Code = 3,
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
[GenerateSerializer, Immutable, Alias("scoring.attribute")]
public sealed record AttributeDefinition(
    string Name, AttributeKind Kind, bool Required, string Unit, long Min, long Max, ImmutableArray<string> Codes, string Description);

/// <summary>A registered type of event.</summary>
/// <param name="Name">The CloudEvents <c>type</c>: family, a dot, and a word, as in <c>traffic.speeding</c>.</param>
/// <param name="Family">The family of the sources that may send it.</param>
/// <param name="Origin">How it comes about.</param>
/// <param name="Context">The field of city life it belongs to.</param>
/// <param name="Description">What it records, in plain words.</param>
/// <param name="Attributes">Its attributes in ascending names (ordinal), 0 to 16.</param>
[GenerateSerializer, Immutable, Alias("scoring.event-type")]
public sealed record EventType(
    string Name, EventFamily Family, EventOrigin Origin, Context Context, string Description,
    ImmutableArray<AttributeDefinition> Attributes)
{
    /// <summary>Its version, from 1. A later version only adds optional attributes and codes.</summary>
    [Id(0)]
    public int Version { get; init; } = 1;

    /// <summary>Whether it is suspended or ended. The platform refuses its events then.</summary>
    [Id(1)]
    public bool Stopped { get; init; }
}
