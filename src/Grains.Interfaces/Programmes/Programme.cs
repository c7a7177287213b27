using System.Collections.Immutable;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Programmes;

/// <summary>
/// The one field of city life that a programme belongs to. A closed list: housing, credit, insurance, employment, education, health,
/// social benefits, policing, migration and justice are not in it, and cannot be written down.
/// </summary>
public enum Context
{
    /// <summary>Driving, parking and getting about.</summary>
    Mobility = 1,

    /// <summary>Hygiene of places that prepare or sell food.</summary>
    FoodSafety = 2,

    /// <summary>Buying and paying in local shops and for city offers.</summary>
    LocalCommerce = 3,

    /// <summary>Waste, water and energy.</summary>
    Environment = 4,

    /// <summary>Culture, sport and volunteering.</summary>
    Community = 5,
}

/// <summary>What a tier may give. Benefits only.</summary>
public enum Effect
{
    /// <summary>A lower fee for an offer of the programme's own context.</summary>
    FeeDiscount = 1,

    /// <summary>An earlier slot for booking.</summary>
    PriorityBooking = 2,

    /// <summary>A public sign of recognition that the participant may show or not.</summary>
    Recognition = 3,

    /// <summary>A voucher for an offer of the programme's own context.</summary>
    Voucher = 4,

    /// <summary>A longer interval between routine paper-work.</summary>
    LessPaperwork = 5,
}

/// <summary>A published purpose. Kind, zone, floor and ceiling never change.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Name">Its name for people, 1 to 80 characters.</param>
/// <param name="Purpose">What it is for, in plain words, 1 to 500 characters.</param>
/// <param name="Context">The field of city life it belongs to.</param>
/// <param name="SubjectKind">What it scores.</param>
/// <param name="EventTypes">Names of the event types it takes, of its own context, 1 to 32.</param>
/// <param name="Floor">What a score starts at and a stranger gets, 0 to 1,000,000.</param>
/// <param name="Ceiling">What a score never exceeds, above <paramref name="Floor"/>, up to 1,000,000.</param>
/// <param name="Zone">The IANA time zone in which an instant becomes a day.</param>
/// <param name="LatenessDaysMax">How many days after its instant an event is still taken, 1 to 90.</param>
/// <param name="RetentionDays">How many days an entry's body is kept, from the longest window up to 730.</param>
/// <param name="Controller">Who answers for it: legal name and contact.</param>
/// <param name="Effects">What its tiers give, by tier name; the lowest tier, <c>baseline</c>, gives nothing.</param>
[GenerateSerializer, Immutable, Alias("scoring.programme")]
public sealed record Programme(
    ProgrammeId Id, string Name, string Purpose, Context Context, SubjectKind SubjectKind, ImmutableArray<string> EventTypes,
    long Floor, long Ceiling, string Zone, int LatenessDaysMax, int RetentionDays, Controller Controller,
    ImmutableArray<TierEffect> Effects);

/// <summary>Who answers for a programme.</summary>
/// <param name="LegalName">Full legal name.</param>
/// <param name="Contact">Where a person reaches it.</param>
[GenerateSerializer, Immutable, Alias("scoring.controller")]
public sealed record Controller(string LegalName, string Contact);

/// <summary>What one tier gives.</summary>
/// <param name="Tier">A tier of every rule set of the programme, never <c>baseline</c>.</param>
/// <param name="Effect">The kind of benefit.</param>
/// <param name="Description">The benefit in plain words.</param>
[GenerateSerializer, Immutable, Alias("scoring.tier-effect")]
public sealed record TierEffect(string Tier, Effect Effect, string Description);

/// <summary>A registered producer of events of one family.</summary>
/// <param name="Id">An absolute URI; the <c>source</c> of its CloudEvents and the claim of its tokens.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Family">What it may send.</param>
/// <param name="Keys">Its public keys for handle proofs, JSON Web Keys (RFC 7517, EC P-256) as JSON text, each with a <c>kid</c>.</param>
[GenerateSerializer, Immutable, Alias("scoring.source")]
public sealed record Source(string Id, string Name, Events.EventFamily Family, ImmutableArray<string> Keys);

/// <summary>A registered client that may query one programme.</summary>
/// <param name="Id">The claim of its tokens: 2 to 63 of a-z, 0-9 and hyphens.</param>
/// <param name="Programme">The only programme that it may query.</param>
/// <param name="LegalEntity">Full legal name, shown to every person whose score it asks for.</param>
/// <param name="Purpose">Why it asks.</param>
/// <param name="Contact">Where a person reaches it.</param>
/// <param name="LastDay">The last day on which the registration holds, at most a year after it was made.</param>
[GenerateSerializer, Immutable, Alias("scoring.service")]
public sealed record Service(string Id, ProgrammeId Programme, string LegalEntity, string Purpose, string Contact, DateOnly LastDay);

/// <summary>A programme with its rule sets.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="RuleSets">Its published rule sets in ascending numbers and first days, at least one.</param>
/// <param name="Today">The current day in its zone.</param>
/// <param name="Suspended">Whether it is suspended: every answer neutral, no event taken.</param>
[GenerateSerializer, Immutable, Alias("scoring.published-programme")]
public sealed record PublishedProgramme(Programme Programme, ImmutableArray<RuleSet> RuleSets, DateOnly Today, bool Suspended)
{
    /// <summary>The rule set in force on <paramref name="day"/>; before the first one's day, the first.</summary>
    public RuleSet InForce(DateOnly day) => RuleSets.LastOrDefault(set => set.FirstDay <= day) ?? RuleSets[0];
}

/// <summary>Everything public that intake and the gateway check against: no person is in it.</summary>
/// <param name="Programmes">Programmes with their rule sets, by name.</param>
/// <param name="EventTypes">The event types, by name.</param>
/// <param name="Sources">The registered sources.</param>
/// <param name="Services">The registered services.</param>
/// <param name="Hash">SHA-256 of everything above in canonical form, 64 lower-case hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("scoring.catalogue")]
public sealed record Catalogue(
    ImmutableArray<PublishedProgramme> Programmes, ImmutableArray<Events.EventType> EventTypes, ImmutableArray<Source> Sources,
    ImmutableArray<Service> Services, string Hash)
{
    /// <summary>The programme of that name, or <see langword="null"/>.</summary>
    public PublishedProgramme? Find(ProgrammeId id) => Programmes.FirstOrDefault(p => p.Programme.Id == id);
}
