using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>The lines of an explanation: each rule's worth with its days, and the entries of each day where they are listed.</summary>
internal sealed class ExplainedLines
{
    private readonly Dictionary<string, long> _worthBeforeCap = new(StringComparer.Ordinal);

    private ExplainedLines(FoldState state) => State = state;

    /// <summary>The fold of the same entries.</summary>
    public FoldState State { get; }

    /// <summary>Each rule that has an entry inside its window, in ascending names.</summary>
    public ImmutableArray<RuleWorth> Rules { get; private set; } = [];

    /// <summary>A rule's worth before its cap of the window; 0 for a rule without entries.</summary>
    public long WorthBeforeCap(string rule) => _worthBeforeCap.GetValueOrDefault(rule);

    /// <summary>The lines of a history, with the entries of each day.</summary>
    /// <param name="history">All entries of the subject in ascending turns, as far as the ledger holds them.</param>
    /// <param name="rules">The rules of the subject's programme.</param>
    /// <param name="askingDay">The asking day, in the programme's zone.</param>
    public static ExplainedLines Of(IEnumerable<Entry> history, ProgrammeRules rules, DateOnly askingDay)
    {
        var lines = new ExplainedLines(new FoldState());
        var events = new List<Entry>();
        var corrections = new Dictionary<long, long>();
        foreach (var entry in history)
        {
            lines.State.PassOver(entry.Turn - 1);
            if (lines.State.Apply(entry, rules).Outcome != FoldOutcome.Folded) continue;
            if (entry.Kind == EntryKind.Event && IsInside(entry.Day)) events.Add(entry);
            if (entry.Kind == EntryKind.Corrected && EntryBodyReader.Read(entry.Body, out var body) is null)
                corrections.TryAdd(body.Turn, entry.Turn);
        }
        var entries = new SortedDictionary<(int Rule, int Age), List<EntryPoints>>();
        foreach (var entry in events) lines.AddEntries(entry, rules, askingDay, corrections, entries);
        var days = entries.Select(pair => new DayLine(
            pair.Key.Rule, pair.Key.Age, pair.Value.Sum(entry => entry.Points), [.. pair.Value.OrderBy(entry => entry.Turn)]));
        lines.SetRules(days, rules, askingDay);
        return lines;

        bool IsInside(DateOnly day) => day <= askingDay && askingDay.DayNumber - day.DayNumber < rules.LongestWindowDays;
    }

    /// <summary>The lines of a fold, without entries, so that their size does not grow with the history.</summary>
    public static ExplainedLines Of(FoldState state, ProgrammeRules rules, DateOnly askingDay)
    {
        var lines = new ExplainedLines(state);
        lines.SetRules(state.DayLines(rules, askingDay).OrderBy(line => (line.Rule, line.Age)), rules, askingDay);
        return lines;
    }

    private void SetRules(IEnumerable<DayLine> days, ProgrammeRules rules, DateOnly askingDay) =>
        Rules = [.. days.GroupBy(line => line.Rule).Select(group => Worth(group.Key, group, rules, askingDay))
            .OrderBy(worth => worth.Rule, StringComparer.Ordinal)];

    /// <summary>
    /// Lists an event's points by rule. A corrected event and its correction cancel out; excluded points are listed as 0.
    /// </summary>
    private void AddEntries(
        Entry entry, ProgrammeRules rules, DateOnly askingDay, Dictionary<long, long> corrections,
        SortedDictionary<(int Rule, int Age), List<EntryPoints>> entries)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        EntryBodyReader.Read(entry.Body, out var body);
        rules.Value(body, entry.Day.DayNumber, points, out var count);
        var status = State.StatusOf(entry.Turn, askingDay);
        var age = askingDay.DayNumber - entry.Day.DayNumber;
        foreach (var (rule, value) in points[..count])
        {
            if (age >= rules.Terms(rules.SetIndex(entry.Day.DayNumber), rule)!.WindowDays) continue;
            if (!entries.TryGetValue((rule, age), out var list)) entries.Add((rule, age), list = []);
            if (corrections.TryGetValue(entry.Turn, out var correction))
            {
                list.Add(new EntryPoints(entry.Turn, EntryKind.Event, value));
                list.Add(new EntryPoints(correction, EntryKind.Corrected, -value));
                continue;
            }
            var isExcluded = status == EntryStatus.TakenAway || (status == EntryStatus.HarmSuspended && value < 0);
            list.Add(new EntryPoints(entry.Turn, EntryKind.Event, isExcluded ? 0 : value));
        }
    }

    private RuleWorth Worth(int number, IEnumerable<DayLine> lines, ProgrammeRules rules, DateOnly askingDay)
    {
        var sum = Int128.Zero;
        var askingSet = rules.SetIndex(askingDay.DayNumber);
        var days = ImmutableArray.CreateBuilder<DayWorth>();
        foreach (var (_, age, points, entries) in lines)
        {
            var daySet = rules.SetIndex(askingDay.DayNumber - age);
            var terms = rules.Terms(daySet, number)!;
            var takenBackBy = rules.TakenBackBy(daySet, number, askingSet);
            var factor = takenBackBy is null ? terms.Factors[age] : 0;
            sum += Math.Clamp(points, -terms.CapPerDay, terms.CapPerDay) * factor;
            days.Add(new DayWorth(askingDay.AddDays(-age), points, terms.CapPerDay, factor, entries)
            {
                TakenBackBy = takenBackBy,
                RuleSet = rules.RuleSets[daySet].Number,
                HalfLifeDays = terms.HalfLifeDays,
            });
        }
        var rule = rules.LatestRule(askingSet, number)!;
        var worthBeforeCap = (long)(sum >> 32);
        _worthBeforeCap[rule.Id] = worthBeforeCap;
        var worth = Math.Clamp(worthBeforeCap, -rule.CapPerWindow, rule.CapPerWindow);
        return new RuleWorth(rule.Id, rule.Reason, worth, rule.CapPerWindow, days.ToImmutable());
    }
}

/// <summary>The points of one rule on one day.</summary>
/// <param name="Rule">The rule's number.</param>
/// <param name="Age">The days from that day to the asking day, from 0.</param>
/// <param name="Points">The sum of points before the cap of a day.</param>
/// <param name="Entries">The entries that give the points; empty when they are not listed.</param>
internal readonly record struct DayLine(int Rule, int Age, long Points, ImmutableArray<EntryPoints> Entries);
