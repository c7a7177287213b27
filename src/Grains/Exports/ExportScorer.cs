using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Scoring.AccessLog;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Exports;

/// <summary>
/// Computes an archive's accesses and explanation in one pass over the history. Each page continues the fold of the page before.
/// </summary>
internal sealed class ExportScorer(ILedger ledger, AccessLogReader accessLog, CurrentRuleBook ruleBook, IOptions<ExportOptions> options)
{
    /// <summary>Returns the next page; <see langword="null"/> when the rules have changed since the page before.</summary>
    public async Task<ExportedAccesses?> Page(EnrolmentRecord enrolment, ExportMark mark, ExportFold? before)
    {
        var rules = ruleBook.Current.Find(enrolment.Programme) ?? throw new RuleBookStaleException();
        if (before is not null && before.RulesHash != rules.Hash) return null;
        var fold = before is null
            ? new CountedFold(rules, mark.Day)
            : CountedFold.Load(before.State, before.Events, rules, mark.Day);
        var isWhole = before?.IsWhole ?? true;

        var accesses = ImmutableArray.CreateBuilder<AccessView>();
        var count = (int)Math.Min(options.Value.PageEntries, mark.LastTurn - fold.State.Turn);
        var page = count > 0 ? await ledger.ReadSubject(enrolment.Subject, fold.State.Turn, count, CancellationToken.None) : [];
        foreach (var entry in page)
        {
            if (entry.Turn > mark.LastTurn) break;
            isWhole &= entry.Turn == fold.State.Turn + 1;
            if (entry.Kind is EntryKind.Queried or EntryKind.Looked)
            {
                var answer = isWhole && entry.Kind == EntryKind.Queried ? fold.State.ScoreOn(entry.Day, rules) : null;
                accesses.Add(accessLog.View(entry, enrolment.Programme, answer));
            }
            fold.Apply(entry);
        }
        if (page.Count == 0 || fold.State.Turn >= mark.LastTurn) return new ExportedAccesses(accesses.ToImmutable(), null, fold.Explain());
        var (state, events) = fold.Save();
        return new ExportedAccesses(accesses.ToImmutable(), new ExportFold(rules.Hash, state, events, isWhole), null);
    }
}
