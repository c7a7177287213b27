using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>Everything public about one programme: what it scores, by which rules, for which services.</summary>
/// <param name="Programme">The programme's purpose, context, bounds and effects, as the version in force has them.</param>
/// <param name="Today">The current day in the programme's zone.</param>
/// <param name="Suspended">Whether the programme is suspended: every answer is neutral and no event is accepted.</param>
/// <param name="Ended">Whether the programme has ended permanently.</param>
/// <param name="RuleSetInForce">The number of the rule set in force today; before the first rule set's first day, its number.</param>
/// <param name="RuleSetHash">The hash of that rule set; a request to enrol sends it back.</param>
/// <param name="RuleSets">The programme's published rule sets in full, in ascending numbers and first days.</param>
/// <param name="Versions">What was published with each rule set, in the same order.</param>
/// <param name="EventTypes">The event types that the programme accepts.</param>
/// <param name="Services">The services that may query a score with a participant's grant.</param>
/// <param name="Sources">The sources that may send events of the accepted types, and where each links handles.</param>
/// <param name="Installation">The audience of handle proofs for this installation; empty when it names none.</param>
public sealed record ProgrammeResponse(
    Programme Programme, DateOnly Today, bool Suspended, bool Ended, int RuleSetInForce, string RuleSetHash,
    IReadOnlyList<RuleSet> RuleSets, IReadOnlyList<ProgrammeVersionResponse> Versions, IReadOnlyList<EventType> EventTypes,
    IReadOnlyList<Service> Services, IReadOnlyList<SourceResponse> Sources, string Installation);

/// <summary>A source of a programme's events.</summary>
/// <param name="Id">Its id, an absolute URI.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Family">The family of events that it sends.</param>
/// <param name="LinkUri">The page on which a person links a handle; <see langword="null"/> when it has none.</param>
public sealed record SourceResponse(string Id, string Name, EventFamily Family, string? LinkUri);

/// <summary>What is published under one number together with the rule set.</summary>
/// <param name="Number">The version's number, which is also its rule set's.</param>
/// <param name="FirstDay">The version's first day in force, in the programme's zone.</param>
/// <param name="Hash">The hash of the version's rule set.</param>
/// <param name="Terms">The programme as this version has it.</param>
/// <param name="Assessment">The impact assessment: affected groups, risks and their mitigations.</param>
/// <param name="Widens">Whether participants who consented to an earlier version must consent again from the first day on.</param>
/// <param name="Differences">The differences from the version before, in words; empty for the first.</param>
public sealed record ProgrammeVersionResponse(
    int Number, DateOnly FirstDay, string Hash, Programme Terms, Assessment Assessment, bool Widens, IReadOnlyList<string> Differences);

/// <summary>A structured impact assessment (EU AI Act Art. 27, GDPR Art. 35).</summary>
/// <param name="AffectedGroups">The groups of people that the programme affects, 1 to 20, each 1 to 200 characters.</param>
/// <param name="Risks">The risks, 1 to 50.</param>
/// <param name="ReviewBy">
/// The last day on which it is valid, at most a year after publication. After that day the platform suspends the programme.
/// </param>
public sealed record Assessment(IReadOnlyList<string> AffectedGroups, IReadOnlyList<Risk> Risks, DateOnly ReviewBy);

/// <summary>One risk and its mitigation.</summary>
/// <param name="Text">What may go wrong, 1 to 300 characters.</param>
/// <param name="Mitigation">What is done against it, 1 to 300 characters.</param>
public sealed record Risk([property: JsonPropertyName("risk")] string Text, string Mitigation);

/// <summary>A registered client that may query one programme.</summary>
/// <param name="Id">The claim of its tokens: 2 to 63 characters of a-z, 0-9 and hyphens.</param>
/// <param name="Programme">The only programme that it may query.</param>
/// <param name="LegalEntity">Its full legal name, shown to every person whose score it queries.</param>
/// <param name="Purpose">The purpose of its queries.</param>
/// <param name="Contact">Where a person reaches it.</param>
/// <param name="LastDay">The last day of the registration, at most a year after it was made.</param>
/// <param name="Context">The field of city life it belongs to, its programme's.</param>
/// <param name="Stopped">Whether it is suspended or ended. Its grants lead to no subject then.</param>
public sealed record Service(
    string Id, string Programme, string LegalEntity, string Purpose, string Contact, DateOnly LastDay, Context Context,
    bool Stopped = false);
