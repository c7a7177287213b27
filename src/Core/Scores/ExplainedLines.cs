using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>The entries behind a score, by rule and day.</summary>
internal sealed class ExplainedLines
{
    private readonly Dictionary<string, long> unbound = new(StringComparer.Ordinal);

    private ExplainedLines(FoldState state) => State = state;

    /// <summary>The fold of the same entries.</summary>
    public FoldState State { get; }

    /// <summary>Every rule that had an entry inside its window, by name.</summary>
    public ImmutableArray<RuleWorth> Rules { get; private set; } = [];

    /// <summary>A rule's worth before its bound of the window.</summary>
    public long Unbound(string rule) => unbound.GetValueOrDefault(rule);

    public static ExplainedLines Of(IEnumerable<Entry> all, ProgrammeRules rules, DateOnly asked)
    {
        var lines = new ExplainedLines(new FoldState());
        var events = new List<Entry>();
        var corrections = new Dictionary<long, long>();
        foreach (var entry in all)
        {
            lines.State.PassOver(entry.Turn - 1);
            if (lines.State.Apply(entry, rules).Outcome != FoldOutcome.Folded) continue;
            if (entry.Kind == EntryKind.Event && Inside(entry.Day)) events.Add(entry);
            if (entry.Kind == EntryKind.Corrected && EntryBodyReader.Read(entry.Body, out var body) is null)
                corrections.TryAdd(body.Turn, entry.Turn);
        }
        var entries = new SortedDictionary<(int Rule, int DayBack), List<EntryPoints>>();
        foreach (var entry in events) lines.Add(entry, rules, asked, corrections, entries);
        var days = entries.Select(pair => new DayLine(
            pair.Key.Rule, pair.Key.DayBack, pair.Value.Sum(entry => entry.Points), [.. pair.Value.OrderBy(entry => entry.Turn)]));
        lines.Tell(days, rules, asked);
        return lines;

        bool Inside(DateOnly day) => day <= asked && asked.DayNumber - day.DayNumber < rules.LongestWindowDays;
    }

    /// <summary>The same from a fold alone, without the entries behind each day: what must not grow with the history.</summary>
    public static ExplainedLines Of(FoldState state, ProgrammeRules rules, DateOnly asked)
    {
        var lines = new ExplainedLines(state);
        lines.Tell(state.DaysInside(rules, asked).OrderBy(line => (line.Rule, line.DayBack)), rules, asked);
        return lines;
    }

    private void Tell(IEnumerable<DayLine> days, ProgrammeRules rules, DateOnly asked) =>
        Rules = [.. days.GroupBy(line => line.Rule).Select(group => Worth(group.Key, group, rules, asked))
            .OrderBy(worth => worth.Rule, StringComparer.Ordinal)];

    /// <summary>Lists what an event adds: a corrected one and its correction cancel out, contested harm adds nothing.</summary>
    private void Add(
        Entry entry, ProgrammeRules rules, DateOnly asked, Dictionary<long, long> corrections,
        SortedDictionary<(int Rule, int DayBack), List<EntryPoints>> entries)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        EntryBodyReader.Read(entry.Body, out var body);
        rules.Value(body, entry.Day.DayNumber, points, out var count);
        var standing = State.StandingOf(entry.Turn, asked);
        var age = asked.DayNumber - entry.Day.DayNumber;
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
            var left = standing == EntryStatus.TakenAway || (standing == EntryStatus.HarmSuspended && value < 0);
            list.Add(new EntryPoints(entry.Turn, EntryKind.Event, left ? 0 : value));
        }
    }

    private RuleWorth Worth(int number, IEnumerable<DayLine> lines, ProgrammeRules rules, DateOnly asked)
    {
        var sum = Int128.Zero;
        var askedSet = rules.SetIndex(asked.DayNumber);
        var days = ImmutableArray.CreateBuilder<DayWorth>();
        foreach (var (_, age, points, entries) in lines)
        {
            var daySet = rules.SetIndex(asked.DayNumber - age);
            var terms = rules.Terms(daySet, number)!;
            var takenBackBy = rules.TakenBackBy(daySet, number, askedSet);
            var factor = takenBackBy is null ? terms.Factors[age] : 0;
            sum += Math.Clamp(points, -terms.CapPerDay, terms.CapPerDay) * factor;
            days.Add(new DayWorth(asked.AddDays(-age), points, terms.CapPerDay, factor, entries)
            {
                TakenBackBy = takenBackBy,
                RuleSet = rules.RuleSets[daySet].Number,
                HalfLifeDays = terms.HalfLifeDays,
            });
        }
        var rule = rules.LatestRule(askedSet, number)!;
        unbound[rule.Id] = (long)(sum >> 32);
        var worth = Math.Clamp(unbound[rule.Id], -rule.CapPerWindow, rule.CapPerWindow);
        return new RuleWorth(rule.Id, rule.Reason, worth, rule.CapPerWindow, days.ToImmutable());
    }
}

/// <summary>What one day holds for a rule.</summary>
/// <param name="Rule">The rule's number.</param>
/// <param name="DayBack">The day's age.</param>
/// <param name="Points">The sum of its points, before the cap.</param>
/// <param name="Entries">The entries behind it, when they are told.</param>
internal readonly record struct DayLine(int Rule, int DayBack, long Points, ImmutableArray<EntryPoints> Entries);
