using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>
/// A fold for an explanation that lists no entries: it keeps, beside the fold, how many events stand behind each rule on the asking day.
/// Its size follows rules and days, never the number of entries; it may be laid down between pages and taken up again anywhere.
/// </summary>
internal sealed class CountedFold
{
    private readonly ProgrammeRules _rules;
    private readonly DateOnly _asked;
    private readonly long[] _events;

    public CountedFold(ProgrammeRules rules, DateOnly asked)
        : this(rules, asked, new FoldState(), new long[rules.RuleNames.Length])
    {
    }

    private CountedFold(ProgrammeRules rules, DateOnly asked, FoldState state, long[] events) =>
        (_rules, _asked, State, _events) = (rules, asked, state, events);

    /// <summary>The fold.</summary>
    public FoldState State { get; }

    /// <summary>Takes up what <see cref="Save"/> laid down, under the same rules and for the same day.</summary>
    public static CountedFold Load(byte[] state, ImmutableArray<long> events, ProgrammeRules rules, DateOnly asked) =>
        new(rules, asked, FoldState.Load(state), [.. events]);

    public (byte[] State, ImmutableArray<long> Events) Save() => (State.Save(), [.. _events]);

    /// <summary>Folds the next entry; turns that the ledger holds no more are passed over.</summary>
    public void Apply(Entry entry)
    {
        State.PassOver(entry.Turn - 1);
        var known = entry.Kind == EntryKind.Corrected && EntryBodyReader.Read(entry.Body, out var of) is null && State.IsCorrected(of.Turn);
        if (State.Apply(entry, _rules).Outcome != FoldOutcome.Folded || known) return;
        if (entry.Kind is not (EntryKind.Event or EntryKind.Corrected)) return;
        EntryBodyReader.Read(entry.Body, out var body);
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var day = entry.Kind == EntryKind.Event ? entry.Day.DayNumber : body.Day;
        _rules.Value(body, day, points, out var count);
        foreach (var (rule, value) in points[..count])
            if (value != 0 && Counts(rule, day)) _events[rule] += entry.Kind == EntryKind.Event ? 1 : -1;
    }

    /// <summary>The score explained, without the entries behind each day.</summary>
    public Explanation Explain()
    {
        var events = (long[])_events.Clone();
        foreach (var contest in State.Contests)
        {
            var standing = contest.StandingOn(_asked.DayNumber);
            foreach (var (rule, value) in contest.Points)
                if (value != 0 && (value < 0 || standing == EntryStatus.TakenAway) && Counts(rule, contest.Day)) events[rule]--;
        }
        var byName = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var rule = 0; rule < events.Length; rule++) byName[_rules.RuleNames[rule]] = events[rule];
        return Explainer.Explain(ExplainedLines.Of(State, _rules, _asked), _rules, _asked, rule => (int)byName[rule.Rule]);
    }

    /// <summary>Whether a day counts for a rule on the asking day: inside its window and not taken back.</summary>
    private bool Counts(int rule, int day)
    {
        var (age, set) = (_asked.DayNumber - day, _rules.SetIndex(day));
        return age >= 0 && _rules.Terms(set, rule) is { } terms && age < terms.WindowDays
            && !_rules.IsTakenBack(set, rule, _rules.SetIndex(_asked.DayNumber));
    }
}
