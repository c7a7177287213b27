using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>
/// A fold for an explanation without single entries. Next to the fold it counts the events that contribute to each rule on the asking day.
/// Its size depends on rules and days, not on the number of entries, and it can be saved between pages of the ledger.
/// </summary>
internal sealed class CountedFold
{
    private readonly ProgrammeRules _rules;
    private readonly DateOnly _askingDay;
    private readonly long[] _eventsByRule;

    /// <summary>Begins an empty fold.</summary>
    /// <param name="rules">The rules of the subject's programme.</param>
    /// <param name="askingDay">The asking day, in the programme's zone.</param>
    public CountedFold(ProgrammeRules rules, DateOnly askingDay)
        : this(rules, askingDay, new FoldState(), new long[rules.RuleNames.Length])
    {
    }

    private CountedFold(ProgrammeRules rules, DateOnly askingDay, FoldState state, long[] eventsByRule)
    {
        _rules = rules;
        _askingDay = askingDay;
        State = state;
        _eventsByRule = eventsByRule;
    }

    /// <summary>The fold of the entries.</summary>
    public FoldState State { get; }

    /// <summary>Continues what <see cref="Save"/> saved, under the same rules and for the same day.</summary>
    public static CountedFold Load(byte[] state, ImmutableArray<long> events, ProgrammeRules rules, DateOnly askingDay) =>
        new(rules, askingDay, FoldState.Load(state), [.. events]);

    /// <summary>The saved fold, and the number of events by rule.</summary>
    public (byte[] State, ImmutableArray<long> Events) Save() => (State.Save(), [.. _eventsByRule]);

    /// <summary>Folds the next entry. Turns that the ledger no longer holds are passed over.</summary>
    public void Apply(Entry entry)
    {
        State.PassOver(entry.Turn - 1);
        var isRepeatedCorrection = entry.Kind == EntryKind.Corrected
            && EntryBodyReader.Read(entry.Body, out var correction) is null && State.IsCorrected(correction.Turn);
        if (State.Apply(entry, _rules).Outcome != FoldOutcome.Folded || isRepeatedCorrection) return;
        if (entry.Kind is not (EntryKind.Event or EntryKind.Corrected)) return;
        EntryBodyReader.Read(entry.Body, out var body);
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var day = entry.Kind == EntryKind.Event ? entry.Day.DayNumber : body.Day;
        _rules.Value(body, day, points, out var count);
        foreach (var (rule, value) in points[..count])
            if (value != 0 && Counts(rule, day)) _eventsByRule[rule] += entry.Kind == EntryKind.Event ? 1 : -1;
    }

    /// <summary>The score explained, without the entries of each day.</summary>
    public Explanation Explain()
    {
        var eventsByRule = (long[])_eventsByRule.Clone();
        foreach (var contest in State.Contests)
            foreach (var (rule, value) in contest.Points)
                if (value != 0 && contest.Excludes(value, _askingDay.DayNumber) && Counts(rule, contest.Day)) eventsByRule[rule]--;
        var eventsByName = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var rule = 0; rule < eventsByRule.Length; rule++) eventsByName[_rules.RuleNames[rule]] = eventsByRule[rule];
        return Explainer.Explain(
            ExplainedLines.Of(State, _rules, _askingDay), _rules, _askingDay, rule => (int)eventsByName[rule.Rule]);
    }

    /// <summary>Whether a day counts for a rule on the asking day: it is inside the window and not taken back.</summary>
    private bool Counts(int rule, int day)
    {
        var age = _askingDay.DayNumber - day;
        var daySet = _rules.SetIndex(day);
        return age >= 0 && _rules.Terms(daySet, rule) is { } terms && age < terms.WindowDays
            && !_rules.IsTakenBack(daySet, rule, _rules.SetIndex(_askingDay.DayNumber));
    }
}
