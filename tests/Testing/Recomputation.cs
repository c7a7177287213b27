using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Scoring.Testing;

/// <summary>
/// Implements "Recomputing a score" of docs/api.md: it uses only the JSON of <c>GET …/score</c> and that page, and shares no code with the
/// platform.
/// </summary>
public static class Recomputation
{
    private static readonly ConcurrentDictionary<(int Age, int HalfLife), BigInteger> Factors = new();

    private static readonly BigInteger Unit = BigInteger.Pow(2, 32);

    /// <summary>Returns every contradiction in the answer; none when the score is correct bit for bit.</summary>
    public static List<string> Contradictions(JsonElement answer)
    {
        var wrong = new List<string>();
        var asked = Day(answer, "day");
        var floor = Number(answer, "floor");
        var ceiling = Number(answer, "ceiling");
        var sum = floor;
        foreach (var rule in answer.GetProperty("rules").EnumerateArray())
        {
            var worth = Worth(rule, asked, wrong);
            if (worth != Number(rule, "worth")) wrong.Add($"worth of {rule.GetProperty("rule")}: {worth}");
            sum += worth;
        }
        var score = BigInteger.Max(floor, BigInteger.Min(sum, ceiling));
        if (score != Number(answer, "score")) wrong.Add($"score: {score}");
        if (score - sum != Number(answer, "limit")) wrong.Add($"limit: {score - sum}");
        return wrong;
    }

    private static BigInteger Worth(JsonElement rule, DateOnly asked, List<string> wrong)
    {
        var total = BigInteger.Zero;
        foreach (var day in rule.GetProperty("days").EnumerateArray())
        {
            var points = day.GetProperty("entries").EnumerateArray()
                .Aggregate(BigInteger.Zero, (sum, entry) => sum + Number(entry, "points"));
            if (points != Number(day, "points")) wrong.Add($"points of {day.GetProperty("day")}: {points}");
            var age = asked.DayNumber - Day(day, "day").DayNumber;
            var isTakenBack = day.GetProperty("takenBackBy").ValueKind != JsonValueKind.Null;
            var factor = isTakenBack
                ? BigInteger.Zero
                : Factors.GetOrAdd((age, (int)Number(day, "halfLifeDays")), of => Factor(of.Age, of.HalfLife));
            if (factor != Number(day, "factor")) wrong.Add($"factor of {day.GetProperty("day")}: {factor}");
            total += Clamp(points, Number(day, "capPerDay")) * factor;
        }
        var floored = BigInteger.DivRem(total, Unit, out var rest);
        if (rest < 0) floored--;
        return Clamp(floored, Number(rule, "capPerWindow"));
    }

    /// <summary>The largest integer x with x^H · 2^a ≤ 2^(32H), found by bisection.</summary>
    private static BigInteger Factor(int age, int halfLife)
    {
        if (halfLife == 0) return Unit;
        var fits = BigInteger.Zero;
        var tooBig = Unit + 1;
        while (tooBig - fits > 1)
        {
            var middle = (fits + tooBig) / 2;
            if (BigInteger.Pow(middle, halfLife) << age <= BigInteger.One << (32 * halfLife)) fits = middle;
            else tooBig = middle;
        }
        return fits;
    }

    private static BigInteger Clamp(BigInteger value, BigInteger bound) => BigInteger.Max(-bound, BigInteger.Min(value, bound));

    private static BigInteger Number(JsonElement of, string name) => of.GetProperty(name).GetInt64();

    private static DateOnly Day(JsonElement of, string name) =>
        DateOnly.ParseExact(of.GetProperty(name).GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
