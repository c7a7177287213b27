using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>Takes a score apart into named contributions that anyone can add up again, bit for bit.</summary>
public static class Explainer
{
    /// <summary>How many main reasons there are at most.</summary>
    public const int MainReasonsMax = 4;

    /// <summary>How many coming changes are told at most.</summary>
    public const int FadesMax = 12;

    /// <summary>Explains the score of a subject's entries on a day.</summary>
    /// <param name="all">All entries of the subject in ascending turns, as far as the ledger holds them.</param>
    /// <param name="rules">The rules of its programme.</param>
    /// <param name="day">The asking day, in the programme's zone.</param>
    public static Explanation Explain(IEnumerable<Entry> all, ProgrammeRules rules, DateOnly day) =>
        Explain(ExplainedLines.Of(all, rules, day), rules, day, EventsBehind);

    internal static Explanation Explain(ExplainedLines lines, ProgrammeRules rules, DateOnly day, Func<RuleWorth, int> events)
    {
        var set = rules.InForce(day);
        var (floor, ceiling) = (rules.Programme.Floor, rules.Programme.Ceiling);
        var sum = floor + lines.Rules.Sum(rule => rule.Worth);
        var score = Math.Clamp(sum, floor, ceiling);
        var next = set.Tiers.FirstOrDefault(tier => tier.From > score);
        return new Explanation(
            rules.Programme.Id, day, lines.State.Turn, score, FoldState.TierOf(score, set).Name, floor, ceiling, score - sum, set.Number,
            lines.Rules, MainReasons(lines.Rules, events), next is null ? null : new NextTier(next.Name, next.From, next.From - score),
            Raises(lines, set, day), Fades(lines.State, rules, day));
    }

    private static ImmutableArray<MainReason> MainReasons(ImmutableArray<RuleWorth> rules, Func<RuleWorth, int> events) =>
    [
        .. rules
            .Where(rule => rule.Worth != 0)
            .OrderByDescending(rule => Math.Abs(rule.Worth)).ThenBy(rule => rule.Rule, StringComparer.Ordinal)
            .Take(MainReasonsMax)
            .Select(rule => new MainReason(rule.Rule, rule.Reason, rule.Worth, events(rule))),
    ];

    /// <summary>Events that count: those suspended or taken back add nothing, and a correction takes one away.</summary>
    private static int EventsBehind(RuleWorth rule)
    {
        var entries = rule.Days.Where(day => day.TakenBackBy is null).SelectMany(day => day.Entries).ToArray();
        return entries.Count(entry => entry.Kind == EntryKind.Event && entry.Points != 0)
            - entries.Count(entry => entry.Kind == EntryKind.Corrected);
    }

    private static ImmutableArray<Raise> Raises(ExplainedLines lines, RuleSet set, DateOnly day)
    {
        var raises = ImmutableArray.CreateBuilder<Raise>();
        foreach (var rule in set.Rules)
        {
            var most = MostPerEvent(rule.Points);
            var worth = lines.Rules.FirstOrDefault(other => other.Rule == rule.Id);
            var today = worth?.Days.FirstOrDefault(other => other.Day == day)?.Points ?? 0;
            var inDay = Bound(today + most, rule.CapPerDay) - Bound(today, rule.CapPerDay);
            var before = lines.Unbound(rule.Id);
            var upTo = Bound(before + inDay, rule.CapPerWindow) - Bound(before, rule.CapPerWindow);
            if (upTo > 0) raises.Add(new Raise(rule.Id, rule.Reason, upTo, rule.CapPerWindow - (worth?.Worth ?? 0)));
        }
        return raises.ToImmutable();
    }

    private static long MostPerEvent(Points points) => points switch
    {
        FixedPoints same => same.Value,
        PointsByValue byValue => byValue.Rows.Select(row => row.Points).DefaultIfEmpty(0).Max(),
        _ => 0,
    };

    private static long Bound(long value, long cap) => Math.Clamp(value, -cap, cap);

    /// <summary>Asks for every coming day until all of today's entries are outside their windows.</summary>
    private static ImmutableArray<Fade> Fades(FoldState state, ProgrammeRules rules, DateOnly day)
    {
        var fades = ImmutableArray.CreateBuilder<Fade>();
        var score = state.Score(day.DayNumber, rules);
        var last = Math.Min(day.DayNumber + rules.LongestWindowDays, DateOnly.MaxValue.DayNumber);
        for (var coming = day.DayNumber + 1; coming <= last && fades.Count < FadesMax; coming++)
        {
            var then = state.Score(coming, rules);
            if (then != score) fades.Add(new Fade(DateOnly.FromDayNumber(coming), then));
            score = then;
        }
        return fades.ToImmutable();
    }
}
