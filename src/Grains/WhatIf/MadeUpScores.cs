using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.WhatIf;

/// <summary>
/// Scores with an event that nobody sent. The entries are read anew and explained twice, once with the event behind them: no subject's own
/// fold, snapshot or ledger is touched, because none is asked but the ledger, and that only to read.
/// </summary>
internal sealed class MadeUpScores(
    ILedger ledger, CurrentCatalogue catalogue, CurrentRuleBook ruleBook, ProgrammeClock clock, IOptions<SubjectOptions> options)
{
    public async Task<WhatIfOutcome> With(EnrolmentRecord enrolment, MadeUpEvent madeUp)
    {
        var rules = ruleBook.Current.Find(enrolment.Programme) ?? throw new RuleBookStaleException();
        var now = clock.Now;
        var (today, day) = (rules.Day(now), madeUp.Day ?? rules.Day(now));
        if (catalogue.Find(enrolment.Programme) is not { } programme) throw new RuleBookStaleException();
        if (Hinders(enrolment, programme, day, now, madeUp.Body) is { } refusal) return new WhatIfOutcome(null, refusal);

        var entries = await WholeHistory.Read(ledger, enrolment.Subject, options.Value.PageEntries);
        if (entries is null) return new WhatIfOutcome(null, WhatIfRefusal.SubjectUnknown);
        var last = entries.Count == 0 ? 0 : entries[^1].Turn;
        var entry = new Entry(0, 0, enrolment.Subject, last + 1, EntryKind.Event, day, madeUp.Body);
        var (before, after) = (Explainer.Explain(entries, rules, today), Explainer.Explain([.. entries, entry], rules, today));
        return new WhatIfOutcome(
            new WhatIfAnswer(
                day, new ScoreValue(before.Score, before.Tier), new ScoreValue(after.Score, after.Tier), after.Score - before.Score,
                Rules(entry, rules, before, after), after),
            null);
    }

    /// <summary>Why a real event of that day would not count.</summary>
    private static WhatIfRefusal? Hinders(
        EnrolmentRecord enrolment, KnownProgramme programme, DateOnly day, DateTimeOffset now, byte[] body)
    {
        if (programme.Published is not { Suspended: false, Ended: false } || !programme.HasBegun(programme.Day(now)))
            return WhatIfRefusal.TypeNotTaken;
        if (day > programme.Day(now)) return WhatIfRefusal.DayInFuture;
        if (day < programme.Day(now.AddDays(-programme.Programme.LatenessDaysMax))) return WhatIfRefusal.DayTooOld;
        if (day < enrolment.Since) return WhatIfRefusal.DayBeforeEnrolment;
        return programme.Takes(body, day) ? null : WhatIfRefusal.TypeNotTaken;
    }

    private static ImmutableArray<WhatIfRule> Rules(Entry entry, ProgrammeRules rules, Explanation before, Explanation after)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var count = 0;
        var fault = EntryBody.Read(entry.Body, out var body) ?? rules.Value(body, entry.Day.DayNumber, points, out count);
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
