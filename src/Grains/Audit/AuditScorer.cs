using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Audit;

/// <summary>Scores a history as of an access, in one pass over the ledger. It keeps nothing.</summary>
internal sealed class AuditScorer(
    ILedger ledger, CurrentRuleBook ruleBook, IOptions<SubjectOptions> subjects, IOptions<AuditOptions> options)
{
    /// <summary>Returns the explained score, and the score after each day.</summary>
    public async Task<AuditValue> Value(AuditAccess access)
    {
        var rules = Rules(access);
        var fold = new CountedFold(rules, access.Mark.Day);
        DateOnly? first = null;
        await foreach (var entry in Entries(access.Mark))
        {
            first ??= entry.Day;
            fold.Apply(entry);
        }
        var days = ImmutableArray.CreateBuilder<DayScore>();
        var from = access.Mark.Day.AddDays(1 - options.Value.DaysMax);
        for (var day = first > from ? first.Value : from; first is not null && day <= access.Mark.Day; day = day.AddDays(1))
        {
            var score = fold.State.ScoreOn(day, rules);
            days.Add(new DayScore(day, score.Score, score.Tier));
        }
        return new AuditValue(fold.Explain(), days.ToImmutable());
    }

    /// <summary>Returns the score as the fold of the turns below one, from the ledger alone.</summary>
    public async Task<ScoreValue> Recompute(AuditAccess access, long below)
    {
        var rules = Rules(access);
        var state = new FoldState();
        await foreach (var entry in Entries(access.Mark with { LastTurn = below - 1 }))
        {
            state.PassOver(entry.Turn - 1);
            state.Apply(entry, rules);
        }
        return state.ScoreOn(access.Mark.Day, rules);
    }

    /// <summary>
    /// Returns a page of entries with what they contribute. Contests and corrections of its entries may be on later pages, so the whole
    /// history is read.
    /// </summary>
    public async Task<AuditPage> Page(AuditAccess access, long after, int count)
    {
        var rules = Rules(access);
        var state = new FoldState();
        var page = new List<Entry>();
        var contested = new Dictionary<long, long>();
        var corrected = new Dictionary<long, long>();
        long? next = null;
        await foreach (var entry in Entries(access.Mark))
        {
            state.PassOver(entry.Turn - 1);
            state.Apply(entry, rules);
            if (entry.Kind is EntryKind.ContestOpened or EntryKind.Corrected && EntryBodyReader.Read(entry.Body, out var about) is null)
                (entry.Kind == EntryKind.Corrected ? corrected : contested).TryAdd(about.Turn, entry.Turn);
            if (entry.Turn <= after) continue;
            if (page.Count < count) page.Add(entry);
            else next = page[^1].Turn;
        }
        return new AuditPage([.. page.Select(Audited)], next);

        AuditedEntry Audited(Entry entry)
        {
            var view = new HistoryEntry(entry.Turn, entry.Kind, entry.Day, entry.Body);
            if (entry.Kind != EntryKind.Event || EntryBodyReader.Read(entry.Body, out var body) is not null)
                return new AuditedEntry(view, null);
            using var parsed = System.Text.Json.JsonDocument.Parse(entry.Body);
            return new AuditedEntry(view, new Contribution(
                parsed.RootElement.GetProperty("type").GetString()!, Word(state.StatusOf(entry.Turn, access.Mark.Day)),
                Given(rules, body, entry.Day), Of(contested, entry.Turn), Of(corrected, entry.Turn)));
        }
    }

    private static ImmutableArray<RuleContribution> Given(ProgrammeRules rules, EntryBodyReader body, DateOnly day)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        if (rules.Value(body, day.DayNumber, points, out var count) is not null) return [];
        var given = ImmutableArray.CreateBuilder<RuleContribution>();
        foreach (var (rule, value) in points[..count])
            if (value != 0) given.Add(new RuleContribution(rules.RuleNames[rule], value));
        return given.ToImmutable();
    }

    private async IAsyncEnumerable<Entry> Entries(ExportMark mark)
    {
        for (var turn = 0L; turn < mark.LastTurn;)
        {
            var count = (int)Math.Min(subjects.Value.PageEntries, mark.LastTurn - turn);
            var page = await ledger.ReadSubject(mark.Subject, turn, count, CancellationToken.None);
            foreach (var entry in page)
                if (entry.Turn <= mark.LastTurn && entry.Kind != EntryKind.Erased) yield return entry;
            if (page.Count == 0) yield break;
            turn = page[^1].Turn;
        }
    }

    private ProgrammeRules Rules(AuditAccess access) =>
        ruleBook.Current.Find(access.Case.Programme) ?? throw new RuleBookStaleException();

    private static long? Of(Dictionary<long, long> turns, long turn) => turns.TryGetValue(turn, out var value) ? value : null;

    private static string Word(EntryStatus status) => status switch
    {
        EntryStatus.HarmSuspended => "harm-suspended",
        EntryStatus.TakenAway => "taken-away",
        _ => "counts",
    };
}
