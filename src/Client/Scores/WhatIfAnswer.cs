namespace Scoring.Client;

/// <summary>The score without and with the event, both on the same day over the same entries.</summary>
/// <param name="Day">The event's day.</param>
/// <param name="Before">The score without the event.</param>
/// <param name="After">The score immediately after the event.</param>
/// <param name="Difference">The points by which the score changes: after less before.</param>
/// <param name="Rules">The rules that give the event points, by name.</param>
/// <param name="Explanation">The explained score with the event. The event has the turn after the last real entry's.</param>
public sealed record WhatIfAnswer(
    DateOnly Day, ScoreValue Before, ScoreValue After, long Difference, IReadOnlyList<WhatIfRule> Rules, Explanation Explanation);

/// <summary>What one rule gives the event.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Its reason in plain words.</param>
/// <param name="Points">The points that it gives the event, before caps.</param>
/// <param name="WorthBefore">The rule's worth in points without the event, after caps.</param>
/// <param name="WorthAfter">The rule's worth in points with the event, after caps.</param>
public sealed record WhatIfRule(string Rule, string Reason, long Points, long WorthBefore, long WorthAfter);
