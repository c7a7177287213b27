using System.Collections.Immutable;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Programmes;

/// <summary>
/// The one field of city life that a programme belongs to. The list is closed: housing, credit, insurance, employment, education, health,
/// social benefits, policing, migration and justice are not in it, so no programme can name them.
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

/// <summary>The kind of benefit that a tier gives. There are only benefits.</summary>
public enum Effect
{
    /// <summary>A lower fee for an offer of the programme's own context.</summary>
    FeeDiscount = 1,

    /// <summary>An earlier booking slot.</summary>
    PriorityBooking = 2,

    /// <summary>A public sign of recognition, which the participant chooses to show.</summary>
    Recognition = 3,

    /// <summary>A voucher for an offer of the programme's own context.</summary>
    Voucher = 4,

    /// <summary>A longer interval between routine paperwork.</summary>
    LessPaperwork = 5,
}

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
[GenerateSerializer, Immutable, Alias("scoring.programme")]
public sealed record Programme(
    ProgrammeId Id, string Name, string Purpose, Context Context, SubjectKind SubjectKind, ImmutableArray<string> EventTypes,
    long Floor, long Ceiling, string Zone, int LatenessDaysMax, int RetentionDays, Controller Controller,
    ImmutableArray<TierEffect> Effects);

/// <summary>The legal entity that answers for a programme.</summary>
/// <param name="LegalName">Its full legal name.</param>
/// <param name="Contact">Where a person reaches it.</param>
[GenerateSerializer, Immutable, Alias("scoring.controller")]
public sealed record Controller(string LegalName, string Contact);

/// <summary>A benefit of one tier.</summary>
/// <param name="Tier">A tier of the version's rule set, never <c>baseline</c>.</param>
/// <param name="Effect">The kind of benefit.</param>
/// <param name="Description">The benefit in plain words.</param>
[GenerateSerializer, Immutable, Alias("scoring.tier-effect")]
public sealed record TierEffect(string Tier, Effect Effect, string Description);

/// <summary>A registered producer of events of one family.</summary>
/// <param name="Id">An absolute URI; the <c>source</c> of its CloudEvents and the claim of its tokens.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Family">The family of events that it may send.</param>
/// <param name="Keys">Its public keys for handle proofs: JSON Web Keys (RFC 7517, EC P-256) as JSON text, each with a <c>kid</c>.</param>
[GenerateSerializer, Immutable, Alias("scoring.source")]
public sealed record Source(string Id, string Name, Events.EventFamily Family, ImmutableArray<string> Keys)
{
    /// <summary>
    /// OAuth client identifiers (RFC 6749) whose tokens may act for it. If there are any, a token's <c>client_id</c> or <c>azp</c> must be
    /// one of them.
    /// </summary>
    [Id(0)]
    public ImmutableArray<string> Clients { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether it is suspended or ended. The platform refuses its events and proofs then.</summary>
    [Id(1)]
    public bool Stopped { get; init; }

    /// <summary>
    /// The page on which a person chooses what the source links to a participant, an absolute URI; <see langword="null"/> when a proof is
    /// to be had elsewhere. docs/api.md says how it is called.
    /// </summary>
    [Id(2)]
    public string? LinkUri { get; init; }
}

/// <summary>A registered client that may query one programme.</summary>
/// <param name="Id">The claim of its tokens: 2 to 63 characters of a-z, 0-9 and hyphens.</param>
/// <param name="Programme">The only programme that it may query.</param>
/// <param name="LegalEntity">Its full legal name, shown to every person whose score it queries.</param>
/// <param name="Purpose">The purpose of its queries.</param>
/// <param name="Contact">Where a person reaches it.</param>
/// <param name="LastDay">The last day of the registration, at most a year after it was made.</param>
/// <param name="Context">The field of city life it belongs to, its programme's.</param>
[GenerateSerializer, Immutable, Alias("scoring.service")]
public sealed record Service(
    string Id, ProgrammeId Programme, string LegalEntity, string Purpose, string Contact, DateOnly LastDay, Context Context)
{
    /// <summary>Whether it is suspended or ended. Its grants lead to no subject then.</summary>
    [Id(0)]
    public bool Stopped { get; init; }
}

/// <summary>One published version of a programme: its terms, its rule set and its impact assessment.</summary>
/// <param name="Terms">The programme as of this version. Id, subject kind, zone, floor and ceiling are the same in every version.</param>
/// <param name="RuleSet">Its rule set. The rule set's number and first day are the version's.</param>
/// <param name="Assessment">Its impact assessment.</param>
/// <param name="Widens">
/// Whether it has another purpose, takes more event types or keeps entries longer than the version before. Then the consent of participants
/// lapses on its first day until they renew it.
/// </param>
/// <param name="Differences">The differences from the version before, in words to the person scored; empty for the first.</param>
[GenerateSerializer, Immutable, Alias("scoring.programme-version")]
public sealed record ProgrammeVersion(
    Programme Terms, RuleSet RuleSet, Assessment Assessment, bool Widens, ImmutableArray<string> Differences);

/// <summary>A structured impact assessment (EU AI Act Art. 27, GDPR Art. 35).</summary>
/// <param name="AffectedGroups">The groups of people that the programme affects, 1 to 20, each 1 to 200 characters.</param>
/// <param name="Risks">The risks, 1 to 50.</param>
/// <param name="ReviewBy">
/// The last day on which it is valid, at most a year after publication. After that day the platform suspends the programme.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.assessment")]
public sealed record Assessment(ImmutableArray<string> AffectedGroups, ImmutableArray<Risk> Risks, DateOnly ReviewBy);

/// <summary>One risk and its mitigation.</summary>
/// <param name="Description">What may go wrong, 1 to 300 characters.</param>
/// <param name="Mitigation">What is done against it, 1 to 300 characters.</param>
[GenerateSerializer, Immutable, Alias("scoring.risk")]
public sealed record Risk(string Description, string Mitigation);

/// <summary>A programme with its rule sets.</summary>
/// <param name="Programme">The programme as of the version in force today; before the first version's day, of the first.</param>
/// <param name="RuleSets">Its published rule sets in ascending numbers and first days, at least one.</param>
/// <param name="Today">The current day in its zone.</param>
/// <param name="Suspended">Whether it is suspended. Then every answer is neutral and no event is accepted.</param>
[GenerateSerializer, Immutable, Alias("scoring.published-programme")]
public sealed record PublishedProgramme(Programme Programme, ImmutableArray<RuleSet> RuleSets, DateOnly Today, bool Suspended)
{
    /// <summary>Whether it has ended. Then it is permanently suspended and its enrolments are erased.</summary>
    [Id(0)]
    public bool Ended { get; init; }

    /// <summary>Its published versions, one for each rule set and in the same order.</summary>
    [Id(1)]
    public ImmutableArray<ProgrammeVersion> Versions { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Returns the rule set in force on <paramref name="day"/>; before the first rule set's first day, the first.</summary>
    public RuleSet InForce(DateOnly day) => RuleSets.LastOrDefault(set => set.FirstDay <= day) ?? RuleSets[0];

    /// <summary>Returns the version in force on <paramref name="day"/>; <see langword="null"/> before the first version's day.</summary>
    public ProgrammeVersion? VersionOn(DateOnly day) => Versions.LastOrDefault(version => version.RuleSet.FirstDay <= day);

    /// <summary>Returns a copy as of <paramref name="day"/>: its programme has the terms in force on that day.</summary>
    public PublishedProgramme On(DateOnly day) =>
        this with { Today = day, Programme = (VersionOn(day) ?? Versions.FirstOrDefault())?.Terms ?? Programme };
}

/// <summary>Everything public that intake and the gateway check requests against. It holds nothing about a person.</summary>
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
    /// <summary>The name of the installation, which is the audience of handle proofs; empty when none is configured.</summary>
    [Id(0)]
    public string Installation { get => field ?? ""; init; } = "";

    /// <summary>Returns the programme of that name, or <see langword="null"/>.</summary>
    public PublishedProgramme? Find(ProgrammeId id) => Programmes.FirstOrDefault(published => published.Programme.Id == id);
}
