using System.Collections.Immutable;
using Scoring.Enrolments;
using Scoring.Scores;

namespace Scoring.WhatIf;

/// <summary>
/// What an event would do to one's own score. A reentrant stateless worker with key 0: nothing is stored, logged or told to anyone else,
/// and no fold is touched but its own.
/// </summary>
[Alias("scoring.IWhatIfGrain"), GrainInterfaceType("what-if")]
public interface IWhatIfGrain : IGrainWithIntegerKey
{
    /// <summary>Values a made-up event over everything that the ledger holds, on the programme's current day.</summary>
    /// <exception cref="RuleBookStaleException">The silo's rule book is older than its limit.</exception>
    [Alias("Ask")]
    Task<WhatIfOutcome> Ask(OwnSubject own, HypotheticalEvent madeUp);
}

/// <summary>An event that nobody sent, checked for type and data as a real one.</summary>
/// <param name="Day">Its day in the programme's zone; <see langword="null"/> for today.</param>
/// <param name="Body">What its entry's body would be, in canonical JSON.</param>
[GenerateSerializer, Immutable, Alias("scoring.made-up-event")]
public sealed record HypotheticalEvent(DateOnly? Day, byte[] Body);

/// <summary>What became of the question. Exactly one member is set.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Refusal">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("scoring.what-if-outcome")]
public sealed record WhatIfOutcome(WhatIfAnswer? Answer, WhatIfRefusal? Refusal);

/// <summary>Why there is no answer: a real event would not count either.</summary>
public enum WhatIfRefusal
{
    /// <summary>No such subject of this participant.</summary>
    SubjectUnknown = 1,

    /// <summary>The day has not come.</summary>
    DayInFuture = 2,

    /// <summary>The day is longer ago than the programme takes events.</summary>
    DayTooOld = 3,

    /// <summary>The day is before the enrolment.</summary>
    DayBeforeEnrolment = 4,

    /// <summary>The version in force on the day does not take this type of event, or the programme takes none now.</summary>
    TypeNotTaken = 5,
}

/// <summary>The score without and with the event, both on the same day over the same entries.</summary>
/// <param name="Day">The event's day.</param>
/// <param name="Before">The score as it is.</param>
/// <param name="After">What it would be at once after the event.</param>
/// <param name="Difference">After less before.</param>
/// <param name="Rules">The rules that give the event points, by name.</param>
/// <param name="Explanation">The score after, explained; the made-up event stands behind the last real entry.</param>
[GenerateSerializer, Immutable, Alias("scoring.what-if-answer")]
public sealed record WhatIfAnswer(
    DateOnly Day, ScoreValue Before, ScoreValue After, long Difference, ImmutableArray<WhatIfRule> Rules, Explanation Explanation);

/// <summary>What one rule makes of the event.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Its reason in plain words.</param>
/// <param name="Points">What it gives the event, before caps.</param>
/// <param name="WorthBefore">The rule's worth without the event.</param>
/// <param name="WorthAfter">The rule's worth with it, after caps.</param>
[GenerateSerializer, Immutable, Alias("scoring.what-if-rule")]
public sealed record WhatIfRule(string Rule, string Reason, long Points, long WorthBefore, long WorthAfter);
