using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Exports;

/// <summary>One pass over a history for all looks and the explanation: each page begins where the last one ended.</summary>
internal sealed class ExportScorer(ILedger ledger, AccessLogReader looks, CurrentRuleBook ruleBook, IOptions<ExportOptions> options)
{
    /// <summary>The next page; <see langword="null"/> when the rules are others than those of the page before.</summary>
    public async Task<ExportedAccesses?> Page(EnrolmentRecord enrolment, ExportMark mark, ExportFold? before)
    {
        var rules = ruleBook.Current.Find(enrolment.Programme) ?? throw new RuleBookStaleException();
        if (before is not null && before.RulesHash != rules.Hash) return null;
        var fold = before is null
            ? new CountedFold(rules, mark.Day)
            : CountedFold.Load(before.State, before.Events, rules, mark.Day);
        var isWhole = before?.IsWhole ?? true;

        var found = ImmutableArray.CreateBuilder<AccessView>();
        var count = (int)Math.Min(options.Value.PageEntries, mark.LastTurn - fold.State.Turn);
        var page = count > 0 ? await ledger.ReadSubject(enrolment.Subject, fold.State.Turn, count, CancellationToken.None) : [];
        foreach (var entry in page)
        {
            if (entry.Turn > mark.LastTurn) break;
            isWhole &= entry.Turn == fold.State.Turn + 1;
            if (entry.Kind is EntryKind.Queried or EntryKind.Looked)
            {
                var answer = isWhole && entry.Kind == EntryKind.Queried ? fold.State.ScoreOn(entry.Day, rules) : null;
                found.Add(looks.View(entry, enrolment.Programme, answer));
            }
            fold.Apply(entry);
        }
        if (page.Count == 0 || fold.State.Turn >= mark.LastTurn) return new ExportedAccesses(found.ToImmutable(), null, fold.Explain());
        var (state, events) = fold.Save();
        return new ExportedAccesses(found.ToImmutable(), new ExportFold(rules.Hash, state, events, isWhole), null);
    }
}
