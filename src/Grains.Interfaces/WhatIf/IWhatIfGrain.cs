using System.Collections.Immutable;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Scores;

namespace Scoring.WhatIf;

/// <summary>
/// Computes what a hypothetical event would do to a participant's own score. A reentrant stateless worker with key 0. It stores and logs
/// nothing and changes no subject's fold.
/// </summary>
[Alias("scoring.IWhatIfGrain"), GrainInterfaceType("what-if")]
public interface IWhatIfGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Scores the subject without and with a hypothetical event, over everything that the ledger holds, on the programme's current day.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="hypothetical">The event.</param>
    /// <exception cref="RuleBookStaleException">The silo's rule book is older than its limit.</exception>
    /// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached.</exception>
    [Alias("Ask"), AnySilo]
    Task<WhatIfOutcome> Ask(OwnSubject own, HypotheticalEvent hypothetical);
}

/// <summary>A hypothetical event. The gateway has checked its type and data like a real one's.</summary>
/// <param name="Day">Its day in the programme's zone; <see langword="null"/> for the current day.</param>
/// <param name="Body">The body that its entry would have, in canonical JSON.</param>
[GenerateSerializer, Immutable, Alias("scoring.made-up-event")]
public sealed record HypotheticalEvent(DateOnly? Day, byte[] Body);

/// <summary>The outcome of the request. Exactly one member is set.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Refusal">Why there is no answer.</param>
[GenerateSerializer, Immutable, Alias("scoring.what-if-outcome")]
public sealed record WhatIfOutcome(WhatIfAnswer? Answer, WhatIfRefusal? Refusal);

/// <summary>Why there is no answer. A real event would not count either.</summary>
public enum WhatIfRefusal
{
    /// <summary>The participant has no such subject.</summary>
    SubjectUnknown = 1,

    /// <summary>The day is in the future.</summary>
    DayInFuture = 2,

    /// <summary>The day is longer ago than the programme accepts events.</summary>
    DayTooOld = 3,

    /// <summary>The day is before the enrolment.</summary>
    DayBeforeEnrolment = 4,

    /// <summary>The version in force on the day does not take this type of event, or the programme accepts no events now.</summary>
    TypeNotTaken = 5,
}

/// <summary>The score without and with the event, both on the same day over the same entries.</summary>
/// <param name="Day">The event's day.</param>
/// <param name="Before">The score without the event.</param>
/// <param name="After">The score immediately after the event.</param>
/// <param name="Difference">The points by which the score changes: after less before.</param>
/// <param name="Rules">The rules that give the event points, by name.</param>
/// <param name="Explanation">The explained score with the event. The event has the turn after the last real entry's.</param>
[GenerateSerializer, Immutable, Alias("scoring.what-if-answer")]
public sealed record WhatIfAnswer(
    DateOnly Day, ScoreValue Before, ScoreValue After, long Difference, ImmutableArray<WhatIfRule> Rules, Explanation Explanation);

/// <summary>What one rule gives the event.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Its reason in plain words.</param>
/// <param name="Points">The points that it gives the event, before caps.</param>
/// <param name="WorthBefore">The rule's worth in points without the event, after caps.</param>
/// <param name="WorthAfter">The rule's worth in points with the event, after caps.</param>
[GenerateSerializer, Immutable, Alias("scoring.what-if-rule")]
public sealed record WhatIfRule(string Rule, string Reason, long Points, long WorthBefore, long WorthAfter);
