using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>
/// Explains a score as a sum of named contributions. A reader can add them up and gets the same score, bit for bit. The explanation also
/// says what would raise the score and how it changes on coming days.
/// </summary>
public static class Explainer
{
    /// <summary>The greatest number of main reasons.</summary>
    public const int MainReasonsMax = 4;

    /// <summary>The greatest number of coming changes.</summary>
    public const int FadesMax = 12;

    /// <summary>Explains the score of a history on a day.</summary>
    /// <param name="history">All entries of the subject in ascending turns, as far as the ledger holds them.</param>
    /// <param name="rules">The rules of the subject's programme.</param>
    /// <param name="askingDay">The asking day, in the programme's zone.</param>
    public static Explanation Explain(IEnumerable<Entry> history, ProgrammeRules rules, DateOnly askingDay) =>
        Explain(ExplainedLines.Of(history, rules, askingDay), rules, askingDay, ContributingEvents);

    /// <summary>Explains the score from its lines.</summary>
    /// <param name="lines">The lines of the same rules and day.</param>
    /// <param name="rules">The rules of the subject's programme.</param>
    /// <param name="askingDay">The asking day, in the programme's zone.</param>
    /// <param name="events">The number of events that contribute to a rule.</param>
    internal static Explanation Explain(ExplainedLines lines, ProgrammeRules rules, DateOnly askingDay, Func<RuleWorth, int> events)
    {
        var set = rules.InForce(askingDay);
        var floor = rules.Programme.Floor;
        var ceiling = rules.Programme.Ceiling;
        var sum = floor + lines.Rules.Sum(rule => rule.Worth);
        var score = Math.Clamp(sum, floor, ceiling);
        var nextTier = set.Tiers.FirstOrDefault(tier => tier.From > score);
        return new Explanation(
            rules.Programme.Id, askingDay, lines.State.Turn, score, FoldState.TierOf(score, set).Name, floor, ceiling, score - sum,
            set.Number, lines.Rules, MainReasons(lines.Rules, events),
            nextTier is null ? null : new NextTier(nextTier.Name, nextTier.From, nextTier.From - score),
            Raises(lines, set, askingDay), Fades(lines.State, rules, askingDay));
    }

    private static ImmutableArray<MainReason> MainReasons(ImmutableArray<RuleWorth> rules, Func<RuleWorth, int> events) =>
    [
        .. rules
            .Where(rule => rule.Worth != 0)
            .OrderByDescending(rule => Math.Abs(rule.Worth)).ThenBy(rule => rule.Rule, StringComparer.Ordinal)
            .Take(MainReasonsMax)
            .Select(rule => new MainReason(rule.Rule, rule.Reason, rule.Worth, events(rule))),
    ];

    /// <summary>The number of events that count: excluded and taken-back ones give no points, and a correction cancels its event.</summary>
    private static int ContributingEvents(RuleWorth rule)
    {
        var entries = rule.Days.Where(day => day.TakenBackBy is null).SelectMany(day => day.Entries).ToArray();
        return entries.Count(entry => entry.Kind == EntryKind.Event && entry.Points != 0)
            - entries.Count(entry => entry.Kind == EntryKind.Corrected);
    }

    /// <summary>For each rule of the set, how much one more event today can raise the rule's worth.</summary>
    private static ImmutableArray<Raise> Raises(ExplainedLines lines, RuleSet set, DateOnly askingDay)
    {
        var raises = ImmutableArray.CreateBuilder<Raise>();
        foreach (var rule in set.Rules)
        {
            var worth = lines.Rules.FirstOrDefault(other => other.Rule == rule.Id);
            var pointsToday = worth?.Days.FirstOrDefault(day => day.Day == askingDay)?.Points ?? 0;
            var raiseOfDay = Bound(pointsToday + MostPointsPerEvent(rule.Points), rule.CapPerDay) - Bound(pointsToday, rule.CapPerDay);
            var worthBeforeCap = lines.WorthBeforeCap(rule.Id);
            var raise = Bound(worthBeforeCap + raiseOfDay, rule.CapPerWindow) - Bound(worthBeforeCap, rule.CapPerWindow);
            if (raise > 0) raises.Add(new Raise(rule.Id, rule.Reason, raise, rule.CapPerWindow - (worth?.Worth ?? 0)));
        }
        return raises.ToImmutable();
    }

    private static long MostPointsPerEvent(Points points) => points switch
    {
        FixedPoints same => same.Value,
        PointsByValue byValue => byValue.Rows.Select(row => row.Points).DefaultIfEmpty(0).Max(),
        _ => 0,
    };

    private static long Bound(long value, long cap) => Math.Clamp(value, -cap, cap);

    /// <summary>
    /// The coming days on which the score changes without new entries, until all entries of today are outside their windows.
    /// </summary>
    private static ImmutableArray<Fade> Fades(FoldState state, ProgrammeRules rules, DateOnly askingDay)
    {
        // Without points the score is the floor on every day, and there are hundreds of days.
        if (state.CellCount == 0) return [];
        var fades = ImmutableArray.CreateBuilder<Fade>();
        var score = state.Score(askingDay.DayNumber, rules);
        var last = Math.Min(askingDay.DayNumber + rules.LongestWindowDays, DateOnly.MaxValue.DayNumber);
        for (var day = askingDay.DayNumber + 1; day <= last && fades.Count < FadesMax; day++)
        {
            var scoreOfDay = state.Score(day, rules);
            if (scoreOfDay != score) fades.Add(new Fade(DateOnly.FromDayNumber(day), scoreOfDay));
            score = scoreOfDay;
        }
        return fades.ToImmutable();
    }
}
