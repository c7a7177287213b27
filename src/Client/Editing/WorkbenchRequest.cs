using System.Text.Json;

namespace Scoring.Client;

/// <summary>A draft with a made-up history to score by its rules.</summary>
/// <param name="Draft">The draft: <c>{"programme":{…},"ruleSet":{…},"assessment":{…}}</c>.</param>
/// <param name="From">The first day whose score is asked for.</param>
/// <param name="To">The last day whose score is asked for, at most 399 days after the first by default.</param>
/// <param name="Events">
/// The events, each as for <see cref="SubjectClient.AskWhatIf"/> and with a day from the first to the last; 500 at most by default.
/// </param>
public sealed record WorkbenchRequest(JsonElement Draft, DateOnly From, DateOnly To, IReadOnlyList<WhatIfRequest> Events);

/// <summary>A made-up history under the rules of a draft.</summary>
/// <param name="Floor">The score without events.</param>
/// <param name="Ceiling">The greatest score.</param>
/// <param name="Days">The score of each day, in ascending order.</param>
/// <param name="Events">What each event gives, in the order in which they were sent.</param>
/// <param name="Rules">The worth of each rule on the last day, in ascending names.</param>
public sealed record WorkbenchAnswer(
    long Floor, long Ceiling, IReadOnlyList<WorkbenchDay> Days, IReadOnlyList<WorkbenchEvent> Events,
    IReadOnlyList<WorkbenchRule> Rules);

/// <summary>The score of a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Score">The score.</param>
/// <param name="Tier">The name of its tier.</param>
public sealed record WorkbenchDay(DateOnly Day, long Score, string Tier);

/// <summary>What one event gives.</summary>
/// <param name="Taken">Whether the draft takes its event type. Otherwise it counts nothing.</param>
/// <param name="Points">The points that rules give it, before caps and fading. Rules that give none are left out.</param>
public sealed record WorkbenchEvent(bool Taken, IReadOnlyList<WorkbenchPoints> Points);

/// <summary>The points that one rule gives one event.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Points">The points.</param>
public sealed record WorkbenchPoints(string Rule, long Points);

/// <summary>What one rule is worth on the last day.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Points">The points that it gives all events, before caps and fading.</param>
/// <param name="Worth">What is left of them on the last day, after caps and fading.</param>
public sealed record WorkbenchRule(string Rule, long Points, long Worth);
