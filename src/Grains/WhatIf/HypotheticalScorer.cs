using Microsoft.Extensions.Options;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.WhatIf;

/// <summary>
/// Scores a subject with a hypothetical event. It reads the entries from the ledger and explains them twice, the second time with the event
/// after them. So it changes no fold, no snapshot and no ledger row.
/// </summary>
internal sealed class HypotheticalScorer(
    ILedger ledger, CurrentCatalogue catalogue, CurrentRuleBook ruleBook, ProgrammeClock clock, IOptions<SubjectOptions> options)
{
    /// <summary>Compares the scores without and with the event.</summary>
    public async Task<WhatIfOutcome> Score(EnrolmentRecord enrolment, HypotheticalEvent hypothetical)
    {
        var rules = ruleBook.Current.Find(enrolment.Programme) ?? throw new RuleBookStaleException();
        var now = clock.Now;
        var today = rules.Day(now);
        var day = hypothetical.Day ?? today;
        if (catalogue.Find(enrolment.Programme) is not { } programme) throw new RuleBookStaleException();
        if (WhatIfComparison.RefusalOf(enrolment.Since, programme, day, now, hypothetical.Body) is { } refusal)
            return new WhatIfOutcome(null, refusal);

        var history = await FullHistoryReader.Read(ledger, enrolment.Subject, options.Value);
        if (history?.Entries is not { } entries) return new WhatIfOutcome(null, WhatIfRefusal.SubjectUnknown);
        var last = entries.Count == 0 ? 0 : entries[^1].Turn;
        var entry = new Entry(0, 0, enrolment.Subject, last + 1, EntryKind.Event, day, hypothetical.Body);
        return new WhatIfOutcome(WhatIfComparison.Of(entries, entry, rules, today), null);
    }
}
