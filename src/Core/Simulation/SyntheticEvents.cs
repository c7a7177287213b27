using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Events;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>A synthetic event, which no source has sent.</summary>
/// <param name="Body">The body in canonical JSON.</param>
/// <param name="Words">The event in words.</param>
internal sealed record SyntheticEvent(byte[] Body, string Words);

/// <summary>
/// Makes synthetic events from a programme's rules: for each rule, an event to which it gives the most points, positive or negative. The
/// candidates for values are the ends of the attributes' ranges, their codes, and the bounds in the rule's own conditions.
/// </summary>
internal static class SyntheticEvents
{
    // The greatest number of combinations of values that are tried for one rule.
    private const int TriesMax = 20_000;

    /// <summary>The distinct events in the order of the rules: those of the version first, then those in force.</summary>
    public static ImmutableArray<SyntheticEvent> Of(SimulatedRules rules, DateOnly day)
    {
        var types = rules.EventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
        return
        [
            .. rules.Then.InForce(day).Rules.Concat(rules.Now.InForce(day).Rules)
                .Where(rule => types.ContainsKey(rule.EventType))
                .Select(rule => Best(rule, types[rule.EventType]))
                .OfType<SyntheticEvent>()
                .DistinctBy(synthetic => Convert.ToHexString(synthetic.Body)),
        ];
    }

    private static SyntheticEvent? Best(Rule rule, EventType type)
    {
        var compiled = new CompiledRule(0, rule, type);
        var candidates = type.Attributes.Select(attribute => Candidates(attribute, rule)).ToArray();
        var values = candidates.Select(ofAttribute => ofAttribute[0]).ToArray();
        long[]? best = null;
        var bestPoints = 0L;
        var choice = new int[values.Length];
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var points = compiled.PointsFor(values);
            if (Math.Abs(points) > Math.Abs(bestPoints))
            {
                best = [.. values];
                bestPoints = points;
            }
            if (!MoveNext(choice, candidates, values)) break;
        }
        return best is null ? null : new SyntheticEvent(Body(type, best), Words(type, best));
    }

    /// <summary>Advances to the next combination, like an odometer; <see langword="false"/> after the last one.</summary>
    private static bool MoveNext(int[] choice, long[][] candidates, long[] values)
    {
        for (var index = 0; index < choice.Length; index++)
        {
            choice[index] = (choice[index] + 1) % candidates[index].Length;
            values[index] = candidates[index][choice[index]];
            if (choice[index] > 0) return true;
        }
        return false;
    }

    /// <summary>
    /// The values to try. An attribute that the rule does not use has one: absent, or the least value when it is required.
    /// </summary>
    private static long[] Candidates(AttributeDefinition attribute, Rule rule)
    {
        var bounds = Bounds(rule.When, attribute.Name).Distinct().Order().ToArray();
        var isUsed = bounds.Length > 0 || rule.Points is PointsByValue byValue && byValue.Attribute == attribute.Name;
        if (!isUsed) return [attribute.Required ? attribute.Kind == AttributeKind.Integer ? attribute.Min : 0 : CompiledCondition.Absent];
        long[] all = attribute.Kind switch
        {
            AttributeKind.Integer => [.. bounds.SelectMany(bound => new[] { bound, bound + 1, bound - 1 }), attribute.Min, attribute.Max],
            AttributeKind.Boolean => [1, 0],
            _ => [.. Enumerable.Range(0, attribute.Codes.Length)],
        };
        if (attribute.Kind == AttributeKind.Integer) all = [.. all.Where(value => value >= attribute.Min && value <= attribute.Max)];
        return attribute.Required ? [.. all.Distinct()] : [.. all.Distinct(), CompiledCondition.Absent];
    }

    private static IEnumerable<long> Bounds(Condition? condition, string attribute) => condition switch
    {
        AllOf all => all.Parts.SelectMany(part => Bounds(part, attribute)),
        AnyOf any => any.Parts.SelectMany(part => Bounds(part, attribute)),
        Negated not => Bounds(not.Part, attribute),
        IntegerIs integer when integer.Attribute == attribute => [integer.Value],
        OneOf code when code.Attribute == attribute => [0],
        _ => [],
    };

    private static byte[] Body(EventType type, long[] values)
    {
        var data = new JsonObject();
        for (var index = 0; index < values.Length; index++)
        {
            if (values[index] == CompiledCondition.Absent) continue;
            var attribute = type.Attributes[index];
            data[attribute.Name] = attribute.Kind switch
            {
                AttributeKind.Integer => values[index],
                AttributeKind.Boolean => values[index] == 1,
                _ => attribute.Codes[(int)values[index]],
            };
        }
        return CanonicalJson.Write(new JsonObject { ["data"] = data, ["source"] = "urn:made-up", ["type"] = type.Name });
    }

    private static string Words(EventType type, long[] values)
    {
        var attributes = string.Join(", ", type.Attributes.Zip(values)
            .Where(pair => pair.Second != CompiledCondition.Absent).Select(pair => Words(pair.First, pair.Second)));
        var description = type.Description.TrimEnd('.');
        return attributes.Length == 0 ? $"“{description}”" : $"“{description}” ({attributes})";
    }

    private static string Words(AttributeDefinition attribute, long value) => attribute.Kind switch
    {
        AttributeKind.Integer when attribute.Unit is "" or "1" => string.Create(CultureInfo.InvariantCulture, $"{attribute.Name} {value}"),
        AttributeKind.Integer => string.Create(CultureInfo.InvariantCulture, $"{attribute.Name} {value} {attribute.Unit}"),
        AttributeKind.Boolean => $"{attribute.Name} {(value == 1 ? "yes" : "no")}",
        _ => $"{attribute.Name} {attribute.Codes[(int)value]}",
    };
}
