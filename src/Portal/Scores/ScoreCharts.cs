using Scoring.Charts;
using Scoring.Client;
using Scoring.Languages;

namespace Scoring.Scores;

/// <summary>Turns an explained score into what charts draw.</summary>
public static class ScoreCharts
{
    /// <summary>The factor of a day that has not faded, 2^32.</summary>
    public const long WholeFactor = 4_294_967_296;

    /// <summary>
    /// Returns the steps from the floor to the score: one a rule, the greatest first, and what floor or ceiling add or take.
    /// </summary>
    public static IReadOnlyList<WaterfallStep> Steps(Explanation explained, Texts texts)
    {
        var steps = explained.Rules.Where(rule => rule.Worth != 0).OrderByDescending(rule => rule.Worth)
            .Select(rule => new WaterfallStep(rule.Reason, rule.Worth)).ToList();
        if (explained.Limit > 0) steps.Add(new WaterfallStep(texts["score.limit-floor"], explained.Limit));
        if (explained.Limit < 0) steps.Add(new WaterfallStep(texts["score.limit-ceiling"], explained.Limit));
        return steps;
    }

    /// <summary>Returns the score day by day, with what happened on each day in words.</summary>
    public static IReadOnlyList<LinePoint> Days(Explanation explained, IReadOnlyList<DayScore> days, Texts texts)
    {
        var events = (from rule in explained.Rules
                      from day in rule.Days
                      where day.Entries.Count > 0 || day.Points != 0 // an auditor is not told the entries
                      select (day.Day, Text: $"{texts.Points(day.Points)} {rule.Reason}"))
            .ToLookup(found => found.Day, found => found.Text);
        return [.. days.Select(day => new LinePoint(day.Day, day.Score, [.. events[day.Day]]))];
    }

    /// <summary>Returns the tiers as lines across the chart.</summary>
    public static IReadOnlyList<LineBand> Bands(IReadOnlyList<Tier> tiers, Texts texts) =>
        [.. tiers.Select(tier => new LineBand(texts.Tier(tier.Name), tier.From))];

    /// <summary>Returns the days on which the score changes without a new event.</summary>
    public static IReadOnlyList<FadeDay> Fades(Explanation explained)
    {
        var before = explained.Score;
        List<FadeDay> days = [];
        foreach (var fade in explained.Fades)
        {
            days.Add(new FadeDay(fade.Day, fade.Score, fade.Score - before));
            before = fade.Score;
        }
        return days;
    }
}
