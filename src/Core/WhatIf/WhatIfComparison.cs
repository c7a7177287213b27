using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.WhatIf;

/// <summary>Compares the score of a history with that of the history and one more event. Pure functions.</summary>
internal static class WhatIfComparison
{
    /// <summary>The change that one more event would make.</summary>
    /// <param name="entries">The whole history in ascending turns.</param>
    /// <param name="entry">The hypothetical event, with the turn after the last one.</param>
    /// <param name="rules">The programme's rules.</param>
    /// <param name="today">The asking day of both scores.</param>
    public static WhatIfAnswer Of(IReadOnlyList<Entry> entries, Entry entry, ProgrammeRules rules, DateOnly today)
    {
        var before = Explainer.Explain(entries, rules, today);
        var after = Explainer.Explain([.. entries, entry], rules, today);
        return new WhatIfAnswer(
            entry.Day, new ScoreValue(before.Score, before.Tier), new ScoreValue(after.Score, after.Tier), after.Score - before.Score,
            Rules(entry, rules, before, after), after);
    }

    /// <summary>The reason why a real event of that day would not count; <see langword="null"/> when it would.</summary>
    /// <param name="since">The subject's first day.</param>
    /// <param name="programme">The subject's programme.</param>
    /// <param name="day">The event's day.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="body">The event's canonical body.</param>
    public static WhatIfRefusal? RefusalOf(
        DateOnly since, KnownProgramme programme, DateOnly day, DateTimeOffset now, byte[] body)
    {
        if (programme.Published is not { Suspended: false, Ended: false } || !programme.HasBegun(programme.Day(now)))
            return WhatIfRefusal.TypeNotTaken;
        if (day > programme.Day(now)) return WhatIfRefusal.DayInFuture;
        if (day < programme.Day(now.AddDays(-programme.Programme.LatenessDaysMax))) return WhatIfRefusal.DayTooOld;
        if (day < since) return WhatIfRefusal.DayBeforeEnrolment;
        return programme.Takes(body, day) ? null : WhatIfRefusal.TypeNotTaken;
    }

    private static ImmutableArray<WhatIfRule> Rules(Entry entry, ProgrammeRules rules, Explanation before, Explanation after)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var count = 0;
        var fault = EntryBodyReader.Read(entry.Body, out var body) ?? rules.Value(body, entry.Day.DayNumber, points, out count);
        if (fault is not null) throw new InvalidOperationException("A checked event cannot be valued: " + fault);
        var set = rules.SetIndex(entry.Day.DayNumber);
        var changes = ImmutableArray.CreateBuilder<WhatIfRule>(count);
        foreach (var (rule, value) in points[..count])
        {
            var ruleOfDay = rules.LatestRule(set, rule)!;
            changes.Add(new WhatIfRule(
                ruleOfDay.Id, ruleOfDay.Reason, value, Worth(before, ruleOfDay.Id), Worth(after, ruleOfDay.Id)));
        }
        changes.Sort((one, other) => string.CompareOrdinal(one.Rule, other.Rule));
        return changes.ToImmutable();
    }

    private static long Worth(Explanation explanation, string rule) =>
        explanation.Rules.FirstOrDefault(worth => worth.Rule == rule)?.Worth ?? 0;
}
