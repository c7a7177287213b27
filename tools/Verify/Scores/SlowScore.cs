using System.Numerics;
using System.Text.Json;

namespace Scoring.Verify.Scores;

/// <summary>The score that the rules give, with the points of each rule.</summary>
/// <param name="Score">The score.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Worth">The points of each rule, without zeros.</param>
public sealed record ExpectedScore(long Score, string Tier, IReadOnlyDictionary<string, long> Worth);

/// <summary>
/// Computes a score from the published rule sets and the counted events, in a slow and obvious way. It shares no code with the platform, so
/// that the same result from both is evidence.
/// </summary>
public static class SlowScore
{
    private static readonly BigInteger Whole = BigInteger.One << 32;
    private static readonly Dictionary<(int Age, int HalfLife), BigInteger> Factors = [];
    private static readonly Lock Turn = new();

    /// <summary>Computes the score of these events on a day.</summary>
    public static ExpectedScore Of(ProgrammeDocument programme, DateOnly today, IReadOnlyList<CountedEvent> events)
    {
        var worth = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var rule in programme.RuleSets.SelectMany(set => set.Rules).Select(Id).Distinct())
        {
            var points = WorthOf(programme, rule, today, events);
            if (points != 0) worth[rule] = points;
        }
        var score = Math.Clamp(programme.Floor + worth.Values.Sum(), programme.Floor, programme.Ceiling);
        return new ExpectedScore(score, programme.TierOf(score, today), worth);
    }

    /// <summary>
    /// Computes the largest integer x with x^H · 2^a ≤ 2^(32H): the rest of 2^32 after a days with a half-life of H days. H = 0 means no
    /// fading.
    /// </summary>
    public static BigInteger Factor(int age, int halfLife)
    {
        if (halfLife == 0) return Whole;
        lock (Turn)
        {
            if (Factors.TryGetValue((age, halfLife), out var known)) return known;
            var low = BigInteger.Zero; // satisfies the condition
            var high = Whole; // the answer is never above it
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (BigInteger.Pow(middle, halfLife) * BigInteger.Pow(2, age) <= BigInteger.Pow(2, 32 * halfLife)) low = middle;
                else high = middle - 1;
            }
            return Factors[(age, halfLife)] = low;
        }
    }

    private static long WorthOf(ProgrammeDocument programme, string rule, DateOnly today, IReadOnlyList<CountedEvent> events)
    {
        var sum = BigInteger.Zero;
        foreach (var day in events.GroupBy(e => e.Day))
        {
            if (Find(programme.InForce(day.Key), rule) is not { } ruleOfDay) continue;
            var valuedBy = programme.InForce(day.Key).Number;
            if (programme.RuleSets.Any(set => set.FirstDay <= today && set.Corrections.Contains((valuedBy, rule)))) continue;
            var age = today.DayNumber - day.Key.DayNumber;
            if (age < 0 || age >= ruleOfDay.GetProperty("windowDays").GetInt32()) continue;
            var points = day.Aggregate(
                BigInteger.Zero, (total, counted) => total + Counted(RuleReading.Points(ruleOfDay, counted), counted.Standing));
            var capPerDay = ruleOfDay.GetProperty("capPerDay").GetInt64();
            sum += BigInteger.Clamp(points, -capPerDay, capPerDay) * Factor(age, ruleOfDay.GetProperty("halfLifeDays").GetInt32());
        }
        var last = programme.RuleSets.Where(set => set.FirstDay <= today || set == programme.RuleSets[0])
            .Select(set => Find(set, rule)).LastOrDefault(found => found is not null);
        if (last is not { } latestRule) return 0;
        var capPerWindow = latestRule.GetProperty("capPerWindow").GetInt64();
        return (long)BigInteger.Clamp(FloorDivide(sum, Whole), -capPerWindow, capPerWindow);
    }

    private static BigInteger Counted(BigInteger points, Standing standing) => standing switch
    {
        Standing.TakenAway => 0,
        Standing.HarmSuspended => BigInteger.Max(points, 0),
        _ => points,
    };

    /// <summary>Divides and rounds towards minus infinity.</summary>
    private static BigInteger FloorDivide(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    private static JsonElement? Find(RuleSetDocument set, string rule)
    {
        foreach (var candidate in set.Rules)
            if (Id(candidate) == rule) return candidate;
        return null;
    }

    private static string Id(JsonElement rule) => rule.GetProperty("id").GetString()!;
}
