using System.Collections.Immutable;
using Scoring.Administration;

namespace Scoring.Editing;

/// <summary>A draft and a made-up history to score by its rules.</summary>
/// <param name="Draft">The draft in UTF-8, at most 1 MiB.</param>
/// <param name="From">The first day whose score is asked for.</param>
/// <param name="To">The last day whose score is asked for, not before the first.</param>
/// <param name="Events">The events. The gateway has checked their types and data like those of real ones, and their number.</param>
[GenerateSerializer, Immutable, Alias("scoring.workbench-run")]
public sealed record WorkbenchRun(byte[] Draft, DateOnly From, DateOnly To, ImmutableArray<MadeUpEvent> Events);

/// <summary>An event that did not happen, about no subject.</summary>
/// <param name="Day">Its day in the programme's zone.</param>
/// <param name="Body">The body that its entry would have, in canonical JSON.</param>
[GenerateSerializer, Immutable, Alias("scoring.workbench-event")]
public sealed record MadeUpEvent(DateOnly Day, byte[] Body);

/// <summary>The outcome of a run: either the answer or the problems.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Problems">The draft's problems that prevent scoring; otherwise empty. Other problems do not prevent it.</param>
[GenerateSerializer, Immutable, Alias("scoring.workbench-outcome")]
public sealed record WorkbenchOutcome(WorkbenchAnswer? Answer, ImmutableArray<DraftProblem> Problems);

/// <summary>A made-up history under the rules of a draft.</summary>
/// <param name="Floor">The score without events.</param>
/// <param name="Ceiling">The greatest score.</param>
/// <param name="Days">The score of each day, in ascending order.</param>
/// <param name="Events">What each event gives, in the order in which they were sent.</param>
/// <param name="Rules">The worth of each rule on the last day, in ascending names.</param>
[GenerateSerializer, Immutable, Alias("scoring.workbench-answer")]
public sealed record WorkbenchAnswer(
    long Floor, long Ceiling, ImmutableArray<WorkbenchDay> Days, ImmutableArray<WorkbenchEvent> Events,
    ImmutableArray<WorkbenchRule> Rules);

/// <summary>The score of a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Score">The score.</param>
/// <param name="Tier">The name of its tier.</param>
[GenerateSerializer, Immutable, Alias("scoring.workbench-day")]
public sealed record WorkbenchDay(DateOnly Day, long Score, string Tier);

/// <summary>What one event gives.</summary>
/// <param name="Taken">Whether the draft takes its event type. Otherwise it counts nothing.</param>
/// <param name="Points">The points that rules give it, before caps and fading. Rules that give none are left out.</param>
[GenerateSerializer, Immutable, Alias("scoring.workbench-event-points")]
public sealed record WorkbenchEvent(bool Taken, ImmutableArray<WorkbenchPoints> Points);

/// <summary>The points that one rule gives one event.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Points">The points.</param>
[GenerateSerializer, Immutable, Alias("scoring.workbench-points")]
public sealed record WorkbenchPoints(string Rule, long Points);

/// <summary>What one rule is worth on the last day.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Points">The points that it gives all events, before caps and fading.</param>
/// <param name="Worth">What is left of them on the last day, after caps and fading.</param>
[GenerateSerializer, Immutable, Alias("scoring.workbench-rule")]
public sealed record WorkbenchRule(string Rule, long Points, long Worth);
