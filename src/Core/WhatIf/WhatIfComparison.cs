using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.WhatIf;

/// <summary>A history explained twice: as it is, and with one event more. Values in, values out.</summary>
internal static class WhatIfComparison
{
    /// <summary>What an event more would change.</summary>
    /// <param name="entries">The whole history in ascending turns.</param>
    /// <param name="entry">The event, with the turn behind the last one.</param>
    /// <param name="rules">The programme's rules.</param>
    /// <param name="today">The asking day of both scores.</param>
    public static WhatIfAnswer Of(IReadOnlyList<Entry> entries, Entry entry, ProgrammeRules rules, DateOnly today)
    {
        var (before, after) = (Explainer.Explain(entries, rules, today), Explainer.Explain([.. entries, entry], rules, today));
        return new WhatIfAnswer(
            entry.Day, new ScoreValue(before.Score, before.Tier), new ScoreValue(after.Score, after.Tier), after.Score - before.Score,
            Rules(entry, rules, before, after), after);
    }

    /// <summary>Why a real event of that day would not count.</summary>
    public static WhatIfRefusal? Hindrance(
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
        if (fault is not null) throw new InvalidOperationException("A checked event could not be valued: " + fault);
        var set = rules.SetIndex(entry.Day.DayNumber);
        var given = ImmutableArray.CreateBuilder<WhatIfRule>(count);
        foreach (var (rule, value) in points[..count])
        {
            var known = rules.LatestRule(set, rule)!;
            given.Add(new WhatIfRule(known.Id, known.Reason, value, Worth(before, known.Id), Worth(after, known.Id)));
        }
        given.Sort((a, b) => string.CompareOrdinal(a.Rule, b.Rule));
        return given.ToImmutable();
    }

    private static long Worth(Explanation explanation, string rule) =>
        explanation.Rules.FirstOrDefault(worth => worth.Rule == rule)?.Worth ?? 0;
}
