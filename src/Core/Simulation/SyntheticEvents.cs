using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Events;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>An event that nobody ever sent, with its body and what it is in words.</summary>
internal sealed record SyntheticEvent(byte[] Body, string Words);

/// <summary>
/// Makes up the events that a programme's rules are about: for each rule the one that it gives most points, either way. Values are looked
/// for among the ends of the attributes' ranges, their codes, and the bounds that the rule's own conditions name.
/// </summary>
internal static class SyntheticEvents
{
    private const int TriesMax = 20_000;

    /// <summary>Distinct events in the order of the rules, first those under the version, then those of now.</summary>
    public static ImmutableArray<SyntheticEvent> Of(SimulatedRules rules, DateOnly day)
    {
        var types = rules.EventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
        return
        [
            .. rules.Then.InForce(day).Rules.Concat(rules.Now.InForce(day).Rules)
                .Where(rule => types.ContainsKey(rule.EventType))
                .Select(rule => Best(rule, types[rule.EventType]))
                .OfType<SyntheticEvent>()
                .DistinctBy(made => Convert.ToHexString(made.Body)),
        ];
    }

    private static SyntheticEvent? Best(Rule rule, EventType type)
    {
        var compiled = new CompiledRule(0, rule, type);
        var candidates = type.Attributes.Select(attribute => Candidates(attribute, rule)).ToArray();
        var values = candidates.Select(some => some[0]).ToArray();
        var (best, points) = ((long[]?)null, 0L);
        var next = new int[values.Length];
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var worth = compiled.Value(values);
            if (Math.Abs(worth) > Math.Abs(points)) (best, points) = ([.. values], worth);
            if (!Turn(next, candidates, values)) break;
        }
        return best is null ? null : new SyntheticEvent(Body(type, best), Words(type, best));
    }

    /// <summary>Goes on to the next combination, as an odometer does.</summary>
    private static bool Turn(int[] next, long[][] candidates, long[] values)
    {
        for (var place = 0; place < next.Length; place++)
        {
            next[place] = (next[place] + 1) % candidates[place].Length;
            values[place] = candidates[place][next[place]];
            if (next[place] > 0) return true;
        }
        return false;
    }

    /// <summary>An attribute that the rule does not speak of keeps one value: none, or the least when it must be there.</summary>
    private static long[] Candidates(AttributeDefinition attribute, Rule rule)
    {
        var bounds = Bounds(rule.When, attribute.Name).Distinct().Order().ToArray();
        var isNamed = bounds.Length > 0 || rule.Points is PointsByValue byValue && byValue.Attribute == attribute.Name;
        if (!isNamed) return [attribute.Required ? attribute.Kind == AttributeKind.Integer ? attribute.Min : 0 : CompiledCondition.Absent];
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
        for (var place = 0; place < values.Length; place++)
        {
            if (values[place] == CompiledCondition.Absent) continue;
            var attribute = type.Attributes[place];
            data[attribute.Name] = attribute.Kind switch
            {
                AttributeKind.Integer => values[place],
                AttributeKind.Boolean => values[place] == 1,
                _ => attribute.Codes[(int)values[place]],
            };
        }
        return CanonicalJson.Write(new JsonObject { ["data"] = data, ["source"] = "urn:made-up", ["type"] = type.Name });
    }

    private static string Words(EventType type, long[] values)
    {
        var told = type.Attributes.Zip(values).Where(pair => pair.Second != CompiledCondition.Absent)
            .Select(pair => Words(pair.First, pair.Second));
        var details = string.Join(", ", told);
        var what = type.Description.TrimEnd('.');
        return details.Length == 0 ? $"“{what}”" : $"“{what}” ({details})";
    }

    private static string Words(AttributeDefinition attribute, long value) => attribute.Kind switch
    {
        AttributeKind.Integer when attribute.Unit is "" or "1" => string.Create(CultureInfo.InvariantCulture, $"{attribute.Name} {value}"),
        AttributeKind.Integer => string.Create(CultureInfo.InvariantCulture, $"{attribute.Name} {value} {attribute.Unit}"),
        AttributeKind.Boolean => $"{attribute.Name} {(value == 1 ? "yes" : "no")}",
        _ => $"{attribute.Name} {attribute.Codes[(int)value]}",
    };
}
