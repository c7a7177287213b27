using System.Text.Json;

namespace Scoring.Client;

/// <summary>A page of undecided cases.</summary>
/// <param name="Contests">The cases, the earliest due first.</param>
/// <param name="After">The place at which the next page begins; <see langword="null"/> at the end.</param>
public sealed record CasePage(IReadOnlyList<CaseView> Contests, string? After);

/// <summary>An undecided case, with nothing of the entry.</summary>
/// <param name="Case">Its random name, 22 characters of base64url.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Grounds">The grounds, in the order in which the participant gave them.</param>
/// <param name="OpenedOn">The day on which it was opened, in the programme's zone.</param>
/// <param name="DueOn">The last day on which it can be rejected, in the programme's zone.</param>
public sealed record CaseView(string Case, string Programme, IReadOnlyList<ContestGround> Grounds, DateOnly OpenedOn, DateOnly DueOn);

/// <summary>The file by which a case is decided. It names no subject, no turn and no handle.</summary>
/// <param name="Case">The case's random name, 22 characters of base64url.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Grounds">The grounds, in the order in which the participant gave them.</param>
/// <param name="OpenedOn">The day on which the contest was opened, in the programme's zone.</param>
/// <param name="DueOn">The last day on which it can be rejected, in the programme's zone.</param>
/// <param name="EventType">The contested event's type.</param>
/// <param name="Day">The event's day, in the programme's zone.</param>
/// <param name="Data">The document in JSON, as it was sent or in canonical form.</param>
/// <param name="Source">The source that sent the event.</param>
/// <param name="RuleSet">Number of the rule set that values the event's day.</param>
/// <param name="Rules">That rule set's rules about the event's type.</param>
public sealed record CaseFile(
    string Case, string Programme, IReadOnlyList<ContestGround> Grounds, DateOnly OpenedOn, DateOnly DueOn, string EventType,
    DateOnly Day, JsonElement Data, string Source, int RuleSet, IReadOnlyList<CaseRule> Rules);

/// <summary>A rule about the contested event.</summary>
/// <param name="Points">The points that it gives the event, before any cap.</param>
/// <param name="Rule">The rule.</param>
public sealed record CaseRule(long Points, Rule Rule);

/// <summary>The decision of a contest.</summary>
/// <param name="Upheld">Whether the contest is upheld: the participant is right.</param>
/// <param name="Reason">The reason, which must fit the decision.</param>
public sealed record DecisionRequest(bool Upheld, ContestReason Reason);

/// <summary>A decision.</summary>
/// <param name="Case">The case.</param>
/// <param name="Upheld">Whether the participant was right.</param>
/// <param name="Reason">The reason of the decision.</param>
/// <param name="DecidedOn">The day of the decision, in the programme's zone.</param>
public sealed record DecisionView(string Case, bool Upheld, ContestReason Reason, DateOnly DecidedOn);
