using Microsoft.Extensions.Options;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.WhatIf;

/// <summary>
/// Scores with an event that nobody sent. The entries are read anew and explained twice, once with the event behind them: no subject's own
/// fold, snapshot or ledger is touched, because none is asked but the ledger, and that only to read.
/// </summary>
internal sealed class HypotheticalScorer(
    ILedger ledger, CurrentCatalogue catalogue, CurrentRuleBook ruleBook, ProgrammeClock clock, IOptions<SubjectOptions> options)
{
    public async Task<WhatIfOutcome> With(EnrolmentRecord enrolment, HypotheticalEvent madeUp)
    {
        var rules = ruleBook.Current.Find(enrolment.Programme) ?? throw new RuleBookStaleException();
        var now = clock.Now;
        var (today, day) = (rules.Day(now), madeUp.Day ?? rules.Day(now));
        if (catalogue.Find(enrolment.Programme) is not { } programme) throw new RuleBookStaleException();
        if (WhatIfComparison.RefusalOf(enrolment.Since, programme, day, now, madeUp.Body) is { } refusal)
            return new WhatIfOutcome(null, refusal);

        var entries = await FullHistoryReader.Read(ledger, enrolment.Subject, options.Value.PageEntries);
        if (entries is null) return new WhatIfOutcome(null, WhatIfRefusal.SubjectUnknown);
        var last = entries.Count == 0 ? 0 : entries[^1].Turn;
        var entry = new Entry(0, 0, enrolment.Subject, last + 1, EntryKind.Event, day, madeUp.Body);
        return new WhatIfOutcome(WhatIfComparison.Of(entries, entry, rules, today), null);
    }
}
