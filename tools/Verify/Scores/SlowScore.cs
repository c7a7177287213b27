using System.Numerics;
using System.Text.Json;
namespace Scoring.Verify.Scores;

/// <summary>What a score should be, taken apart.</summary>
/// <param name="Score">The score.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Worth">Each rule's worth, zeros left out.</param>
public sealed record ExpectedScore(long Score, string Tier, IReadOnlyDictionary<string, long> Worth);

/// <summary>
/// The score by the words of the design, slow and obvious, from the published rule sets and what counts. It shares no code with the
/// platform on purpose: agreeing with it means something.
/// </summary>
public static class SlowScore
{
    private static readonly BigInteger Whole = BigInteger.One << 32;
    private static readonly Dictionary<(int Age, int HalfLife), BigInteger> Factors = [];
    private static readonly Lock Turn = new();

    /// <summary>The score of these events on a day.</summary>
    public static ExpectedScore Of(ProgrammeDocument programme, DateOnly today, IReadOnlyList<CountedEvent> events)
    {
        var worth = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var rule in programme.RuleSets.SelectMany(set => set.Rules).Select(Id).Distinct())
        {
            var one = WorthOf(programme, rule, today, events);
            if (one != 0) worth[rule] = one;
        }
        var score = Math.Clamp(programme.Floor + worth.Values.Sum(), programme.Floor, programme.Ceiling);
        return new ExpectedScore(score, programme.TierOf(score, today), worth);
    }

    /// <summary>The largest integer x with x^H · 2^a ≤ 2^(32H): what is left of 2^32 after a days at a half-life of H.</summary>
    public static BigInteger Factor(int age, int halfLife)
    {
        if (halfLife == 0) return Whole;
        lock (Turn)
        {
            if (Factors.TryGetValue((age, halfLife), out var known)) return known;
            var (low, high) = (BigInteger.Zero, Whole); // low always holds; the answer is never above high
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
            if (Find(programme.InForce(day.Key), rule) is not { } then) continue;
            var valuedBy = programme.InForce(day.Key).Number;
            if (programme.RuleSets.Any(set => set.FirstDay <= today && set.Corrections.Contains((valuedBy, rule)))) continue;
            var age = today.DayNumber - day.Key.DayNumber;
            if (age < 0 || age >= then.GetProperty("windowDays").GetInt32()) continue;
            var points = day.Aggregate(BigInteger.Zero, (total, one) => total + Counted(RuleReading.Points(then, one), one.Standing));
            var capped = BigInteger.Clamp(points, -then.GetProperty("capPerDay").GetInt64(), then.GetProperty("capPerDay").GetInt64());
            sum += capped * Factor(age, then.GetProperty("halfLifeDays").GetInt32());
        }
        var last = programme.RuleSets.Where(set => set.FirstDay <= today || set == programme.RuleSets[0])
            .Select(set => Find(set, rule)).LastOrDefault(found => found is not null);
        if (last is not { } now) return 0;
        var cap = now.GetProperty("capPerWindow").GetInt64();
        return (long)BigInteger.Clamp(FloorDivide(sum, Whole), -cap, cap);
    }

    private static BigInteger Counted(BigInteger points, Standing standing) => standing switch
    {
        Standing.TakenAway => 0,
        Standing.HarmSuspended => BigInteger.Max(points, 0),
        _ => points,
    };

    /// <summary>Division towards minus infinity.</summary>
    private static BigInteger FloorDivide(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var rest);
        return rest < 0 ? quotient - 1 : quotient;
    }

    private static JsonElement? Find(RuleSetDocument set, string rule)
    {
        foreach (var candidate in set.Rules)
            if (Id(candidate) == rule) return candidate;
        return null;
    }

    private static string Id(JsonElement rule) => rule.GetProperty("id").GetString()!;
}
