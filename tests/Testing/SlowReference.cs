using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace Scoring.Tests.Scores;

/// <summary>
/// Computes the score directly from section 4 of the design, slowly and simply. It shares no code with the product: it reads documents and
/// entries as plain JSON, keeps no state, and uses BigInteger for every number.
/// </summary>
internal sealed class SlowReference(JsonNode programme, IReadOnlyList<JsonNode> ruleSets)
{
    private static readonly Dictionary<(int Age, int HalfLife), BigInteger> Factors = [];

    public sealed record Line(long Turn, string Kind, DateOnly Day, JsonNode? Body);

    public sealed record Answer(BigInteger Score, string Tier, IReadOnlyDictionary<string, BigInteger> Worths);

    /// <summary>The largest integer x with x^H · 2^a ≤ 2^(32H), found by bisection.</summary>
    public static BigInteger Factor(int age, int halfLife)
    {
        if (halfLife == 0) return BigInteger.Pow(2, 32);
        lock (Factors)
        {
            if (Factors.TryGetValue((age, halfLife), out var known)) return known;
            var fits = BigInteger.Zero;
            var tooBig = BigInteger.Pow(2, 32) + 1;
            while (tooBig - fits > 1)
            {
                var middle = (fits + tooBig) / 2;
                if (BigInteger.Pow(middle, halfLife) * BigInteger.Pow(2, age) <= BigInteger.Pow(2, 32 * halfLife)) fits = middle;
                else tooBig = middle;
            }
            return Factors[(age, halfLife)] = fits;
        }
    }

    public Answer Ask(IEnumerable<Line> history, DateOnly asked)
    {
        var lines = history.OrderBy(line => line.Turn).ToList();
        var names = ruleSets.SelectMany(set => set["rules"]!.AsArray()).Select(rule => (string)rule!["id"]!).Distinct().ToList();
        var floor = (BigInteger)(long)programme["floor"]!;
        var ceiling = (BigInteger)(long)programme["ceiling"]!;
        var worths = names.ToDictionary(name => name, name => Worth(name, lines, asked));
        var score = Clamp(floor + worths.Values.Aggregate(BigInteger.Zero, BigInteger.Add), floor, ceiling);
        var tier = InForce(asked)["tiers"]!.AsArray().Last(tier => (long)tier!["from"]! <= score);
        return new Answer(score, (string)tier!["name"]!, worths);
    }

    private BigInteger Worth(string name, List<Line> lines, DateOnly asked)
    {
        var sum = BigInteger.Zero;
        foreach (var day in lines.Where(line => line.Kind == "event").Select(line => line.Day).Distinct())
        {
            var rule = RuleIn(InForce(day), name);
            var age = asked.DayNumber - day.DayNumber;
            if (rule is null || age < 0 || age >= (int)rule["windowDays"]!) continue;
            if (TakenBack(Number(InForce(day)), name, asked)) continue;
            var points = BigInteger.Zero;
            foreach (var line in lines.Where(line => line.Kind == "event" && line.Day == day))
            {
                var given = Points(rule, line.Body!);
                var (taken, suspended) = StateOf(line.Turn, lines, asked);
                if (!taken && !(suspended && given < 0)) points += given;
            }
            var cap = (long)rule["capPerDay"]!;
            sum += Clamp(points, -cap, cap) * Factor(age, (int)rule["halfLifeDays"]!);
        }
        var unit = BigInteger.Pow(2, 32);
        var floored = sum >= 0 ? sum / unit : -((-sum + unit - 1) / unit);
        var last = ruleSets.Where(set => Number(set) <= Number(InForce(asked))).Select(set => RuleIn(set, name))
            .LastOrDefault(rule => rule is not null);
        var capPerWindow = last is null ? 0 : (long)last["capPerWindow"]!;
        return Clamp(floored, -capPerWindow, capPerWindow);
    }

    private bool TakenBack(int ruleSet, string rule, DateOnly asked) => ruleSets
        .Where(set => Number(set) <= Number(InForce(asked)))
        .Any(set => (set["corrections"]?.AsArray() ?? []).Any(
            correction => (int)correction!["ruleSet"]! == ruleSet && (string)correction["rule"]! == rule));

    private static (bool Taken, bool Suspended) StateOf(long turn, List<Line> lines, DateOnly asked)
    {
        DateOnly? dueDay = null;
        var extended = false;
        foreach (var line in lines.Where(line => line.Body is not null && line.Kind.StartsWith("co", StringComparison.Ordinal)))
        {
            if ((long?)line.Body!["turn"] != turn) continue;
            if (line.Kind == "corrected") return (true, false);
            if (line.Kind == "contestOpened") dueDay ??= Day(line.Body["dueDay"]!);
            if (line.Kind == "contestExtended" && dueDay is { } open && !extended && line.Day <= open && Day(line.Body["dueDay"]!) > open)
            {
                dueDay = Day(line.Body["dueDay"]!);
                extended = true;
            }
            if (line.Kind == "contestDecided" && !(bool)line.Body["upheld"]! && dueDay is { } due && line.Day <= due)
            {
                dueDay = null;
                extended = false;
            }
        }
        return dueDay is null ? (false, false) : (asked > dueDay, asked <= dueDay);
    }

    /// <summary>Returns the points that a rule gives one event.</summary>
    public static BigInteger Points(JsonNode rule, JsonNode body)
    {
        if ((string)rule["eventType"]! != (string)body["type"]!) return 0;
        if (rule["when"] is { } when && !Holds(when, body["data"]!)) return 0;
        if (rule["points"] is JsonValue same) return (long)same;
        var value = body["data"]![(string)rule["points"]!["by"]!];
        return value is null ? 0 : (long?)rule["points"]!["rows"]![Word(value)] ?? 0;
    }

    private static bool Holds(JsonNode condition, JsonNode data)
    {
        if (condition["all"] is { } all) return all.AsArray().All(part => Holds(part!, data));
        if (condition["any"] is { } any) return any.AsArray().Any(part => Holds(part!, data));
        if (condition["not"] is { } not) return !Holds(not, data);
        var value = data[(string)condition["attribute"]!];
        if (value is null) return false;
        if (condition["oneOf"] is { } oneOf) return oneOf.AsArray().Any(word => (string)word! == Word(value));
        return (condition["equalTo"] is not { } equal || (long)value == (long)equal)
            && (condition["lessThan"] is not { } less || (long)value < (long)less)
            && (condition["atMost"] is not { } most || (long)value <= (long)most)
            && (condition["atLeast"] is not { } least || (long)value >= (long)least)
            && (condition["moreThan"] is not { } more || (long)value > (long)more);
    }

    private JsonNode InForce(DateOnly day) => ruleSets.LastOrDefault(set => Day(set["firstDay"]!) <= day) ?? ruleSets[0];

    private static JsonNode? RuleIn(JsonNode set, string name) =>
        set["rules"]!.AsArray().FirstOrDefault(rule => (string)rule!["id"]! == name);

    private static int Number(JsonNode set) => (int)set["number"]!;

    private static string Word(JsonNode value) => value.ToString();

    private static DateOnly Day(JsonNode text) => DateOnly.ParseExact((string)text!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static BigInteger Clamp(BigInteger value, BigInteger least, BigInteger most) =>
        BigInteger.Max(least, BigInteger.Min(value, most));
}
