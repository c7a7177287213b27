using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>A published purpose. Its subject kind, zone, floor and ceiling never change.</summary>
/// <param name="Id">Its name in URLs.</param>
/// <param name="Name">Its name for people, 1 to 80 characters.</param>
/// <param name="Purpose">What it is for, in plain words, 1 to 500 characters.</param>
/// <param name="Context">The field of city life it belongs to.</param>
/// <param name="SubjectKind">The kind of subject that it scores.</param>
/// <param name="EventTypes">Names of the event types that it takes, of its own context, 1 to 32.</param>
/// <param name="Floor">The score that every subject starts at and an unenrolled one gets, 0 to 1,000,000 points.</param>
/// <param name="Ceiling">The greatest score, above the floor, up to 1,000,000 points.</param>
/// <param name="Zone">The IANA time zone in which an instant becomes a day.</param>
/// <param name="LatenessDaysMax">The number of days after its instant for which an event is still accepted, 1 to 90.</param>
/// <param name="RetentionDays">The number of days for which an entry's body is kept, from the longest window up to 730.</param>
/// <param name="Controller">The legal entity that answers for it.</param>
/// <param name="Effects">The benefits of its tiers, by tier name. The lowest tier, <c>baseline</c>, gives none.</param>
public sealed record Programme(
    string Id, string Name, string Purpose, Context Context, SubjectKind SubjectKind, IReadOnlyList<string> EventTypes, long Floor,
    long Ceiling, string Zone, int LatenessDaysMax, int RetentionDays, Controller Controller, IReadOnlyList<TierEffect> Effects);

/// <summary>
/// The one field of city life that a programme belongs to. The list is closed: housing, credit, insurance, employment, education,
/// health, social benefits, policing, migration and justice are not in it, so no programme can name them.
/// </summary>
[JsonConverter(typeof(WordConverter<Context>))]
public enum Context
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>Driving, parking and getting about.</summary>
    Mobility,

    /// <summary>Hygiene of places that prepare or sell food.</summary>
    FoodSafety,

    /// <summary>Buying and paying in local shops and for city offers.</summary>
    LocalCommerce,

    /// <summary>Waste, water and energy.</summary>
    Environment,

    /// <summary>Culture, sport and volunteering.</summary>
    Community,
}

/// <summary>The kind of subject that a programme scores. It is a property of the programme, never of a person.</summary>
[JsonConverter(typeof(WordConverter<SubjectKind>))]
public enum SubjectKind
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>A resident, who enrols in person.</summary>
    Citizen,

    /// <summary>A vehicle, enrolled by its keeper. Who drove is not recorded.</summary>
    Vehicle,

    /// <summary>A merchant, enrolled by its operator.</summary>
    Merchant,
}

/// <summary>The legal entity that answers for a programme.</summary>
/// <param name="LegalName">Its full legal name.</param>
/// <param name="Contact">Where a person reaches it.</param>
public sealed record Controller(string LegalName, string Contact);

/// <summary>A benefit of one tier.</summary>
/// <param name="Tier">A tier of the version's rule set, never <c>baseline</c>.</param>
/// <param name="Effect">The kind of benefit.</param>
/// <param name="Description">The benefit in plain words.</param>
public sealed record TierEffect(string Tier, Effect Effect, string Description);

/// <summary>The kind of benefit that a tier gives. There are only benefits.</summary>
[JsonConverter(typeof(WordConverter<Effect>))]
public enum Effect
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>A lower fee for an offer of the programme's own context.</summary>
    FeeDiscount,

    /// <summary>An earlier booking slot.</summary>
    PriorityBooking,

    /// <summary>A public sign of recognition, which the participant chooses to show.</summary>
    Recognition,

    /// <summary>A voucher for an offer of the programme's own context.</summary>
    Voucher,

    /// <summary>A longer interval between routine paperwork.</summary>
    LessPaperwork,
}
