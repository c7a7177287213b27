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
/// <param name="Ceiling">What a score never exceeds, above the floor, up to 1,000,000.</param>
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
/// <param name="Tier">A tier of the version's rule set, never <c>baseline</c>.</param>
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
public sealed record Source(string Id, string Name, Events.EventFamily Family, ImmutableArray<string> Keys)
{
    /// <summary>
    /// OAuth client identifiers (RFC 6749) whose tokens may speak for it; when there are any, a token's <c>client_id</c> or <c>azp</c> must
    /// be one of them.
    /// </summary>
    [Id(0)]
    public ImmutableArray<string> Clients { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether it is suspended or ended: its events and proofs are refused.</summary>
    [Id(1)]
    public bool Stopped { get; init; }
}

/// <summary>A registered client that may query one programme.</summary>
/// <param name="Id">The claim of its tokens: 2 to 63 of a-z, 0-9 and hyphens.</param>
/// <param name="Programme">The only programme that it may query.</param>
/// <param name="LegalEntity">Full legal name, shown to every person whose score it asks for.</param>
/// <param name="Purpose">Why it asks.</param>
/// <param name="Contact">Where a person reaches it.</param>
/// <param name="LastDay">The last day on which the registration holds, at most a year after it was made.</param>
/// <param name="Context">The field of city life it belongs to: its programme's.</param>
[GenerateSerializer, Immutable, Alias("scoring.service")]
public sealed record Service(
    string Id, ProgrammeId Programme, string LegalEntity, string Purpose, string Contact, DateOnly LastDay, Context Context)
{
    /// <summary>Whether it is suspended or ended: no grant of its leads anywhere.</summary>
    [Id(0)]
    public bool Stopped { get; init; }
}

/// <summary>What is published under one number: the programme's terms, its rule set, its impact assessment.</summary>
/// <param name="Terms">The programme as this version has it. Id, kind, zone, floor and ceiling are those of every version.</param>
/// <param name="RuleSet">Its rule set; number and first day are the version's.</param>
/// <param name="Assessment">Whom it touches, what may go wrong and what is done about it.</param>
/// <param name="Widens">
/// Whether the purpose is another, more event types are taken or entries are kept longer than before: who consented to less lapses on
/// its first day until they consent anew.
/// </param>
/// <param name="Differences">What differs from the version before, in words to the person scored; empty for the first.</param>
[GenerateSerializer, Immutable, Alias("scoring.programme-version")]
public sealed record ProgrammeVersion(
    Programme Terms, RuleSet RuleSet, Assessment Assessment, bool Widens, ImmutableArray<string> Differences);

/// <summary>A structured impact assessment (EU AI Act Art. 27, GDPR Art. 35).</summary>
/// <param name="AffectedGroups">Groups of people it touches, 1 to 20, each 1 to 200 characters.</param>
/// <param name="Risks">What may go wrong, 1 to 50.</param>
/// <param name="ReviewBy">
/// The last day on which it holds, at most a year after publication; past it the programme suspends itself.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.assessment")]
public sealed record Assessment(ImmutableArray<string> AffectedGroups, ImmutableArray<Risk> Risks, DateOnly ReviewBy);

/// <summary>One risk with what is done about it.</summary>
/// <param name="Description">What may go wrong, 1 to 300 characters.</param>
/// <param name="Mitigation">What is done about it, 1 to 300 characters.</param>
[GenerateSerializer, Immutable, Alias("scoring.risk")]
public sealed record Risk(string Description, string Mitigation);

/// <summary>A programme with its rule sets.</summary>
/// <param name="Programme">The programme as the version in force today has it; before the first one's day, the first.</param>
/// <param name="RuleSets">Its published rule sets in ascending numbers and first days, at least one.</param>
/// <param name="Today">The current day in its zone.</param>
/// <param name="Suspended">Whether it is suspended: every answer neutral, no event taken.</param>
[GenerateSerializer, Immutable, Alias("scoring.published-programme")]
public sealed record PublishedProgramme(Programme Programme, ImmutableArray<RuleSet> RuleSets, DateOnly Today, bool Suspended)
{
    /// <summary>Whether it has ended: as suspended, for good, and its enrolments are erased.</summary>
    [Id(0)]
    public bool Ended { get; init; }

    /// <summary>Its published versions, one for each rule set and in the same order.</summary>
    [Id(1)]
    public ImmutableArray<ProgrammeVersion> Versions { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The rule set in force on <paramref name="day"/>; before the first one's day, the first.</summary>
    public RuleSet InForce(DateOnly day) => RuleSets.LastOrDefault(set => set.FirstDay <= day) ?? RuleSets[0];

    /// <summary>The version in force on <paramref name="day"/>; <see langword="null"/> before the first one's day.</summary>
    public ProgrammeVersion? VersionOn(DateOnly day) => Versions.LastOrDefault(version => version.RuleSet.FirstDay <= day);

    /// <summary>The same as it stands on <paramref name="day"/>: the terms in force on it are the programme's.</summary>
    public PublishedProgramme On(DateOnly day) =>
        this with { Today = day, Programme = (VersionOn(day) ?? Versions.FirstOrDefault())?.Terms ?? Programme };
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
