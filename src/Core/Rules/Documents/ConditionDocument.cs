using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Rules;

/// <summary>
/// Writes and reads a condition of a rule: <c>{"all":[…]}</c>, <c>{"any":[…]}</c>, <c>{"not":{…}}</c>, <c>{"attribute":"…","atLeast":n}</c>
/// (or equalTo, lessThan, atMost, moreThan), <c>{"attribute":"…","oneOf":[…]}</c>.
/// </summary>
internal static class ConditionDocument
{
    /// <summary>The greatest number of levels of nested conditions.</summary>
    public const int DepthMax = 8;

    private const int PartsMax = 64;
    private const int ValuesMax = 64;
    private static readonly Condition Empty = new AllOf([]);

    /// <summary>Reads a condition; an empty one at a fault.</summary>
    /// <param name="element">The JSON element.</param>
    /// <param name="pointer">The element's pointer.</param>
    /// <param name="problems">The problems of the document.</param>
    /// <param name="depth">The level, from 1.</param>
    public static Condition Read(JsonElement element, string pointer, Problems problems, int depth)
    {
        if (depth > DepthMax)
        {
            problems.Add(pointer, ProblemCode.ConditionTooDeep, $"Conditions are nested at most {DepthMax} levels deep.");
            return Empty;
        }
        var members = DocumentObject.Of(element, pointer, problems);
        if (members.IsNotObject) return Empty;
        var condition = members.Has("all") ? new AllOf(ReadParts(members, "all", depth))
            : members.Has("any") ? new AnyOf(ReadParts(members, "any", depth))
            : members.Has("not") ? new Negated(Read(members.Take("not")!.Value, members.PointerTo("not"), problems, depth + 1))
            : ReadComparison(members);
        members.Close();
        return condition;
    }

    /// <summary>Writes a condition as JSON.</summary>
    /// <exception cref="ArgumentException">The condition is of an unknown kind.</exception>
    public static JsonNode Write(Condition condition) => condition switch
    {
        AllOf all => new JsonObject { ["all"] = Parts(all.Parts) },
        AnyOf any => new JsonObject { ["any"] = Parts(any.Parts) },
        Negated not => new JsonObject { ["not"] = Write(not.Part) },
        IntegerIs integer => new JsonObject
        {
            ["attribute"] = integer.Attribute,
            [EnumNames.Comparisons.Of(integer.Operator)] = integer.Value,
        },
        OneOf code => new JsonObject
        {
            ["attribute"] = code.Attribute,
            ["oneOf"] = new JsonArray([.. code.Values.Select(value => (JsonNode)value)]),
        },
        _ => throw new ArgumentException("This build does not know the kind of condition.", nameof(condition)),
    };

    private static JsonArray Parts(ImmutableArray<Condition> parts) => new([.. parts.Select(Write)]);

    private static ImmutableArray<Condition> ReadParts(DocumentObject members, string name, int depth) =>
        [.. members.ReadArray(name, 1, PartsMax).Select(part => Read(part.Element, part.Pointer, members.Problems, depth + 1))];

    private static Condition ReadComparison(DocumentObject members)
    {
        var attribute = members.ReadName("attribute", NamePatterns.Attribute(), NamePatterns.AttributeHelp);
        if (members.Has("oneOf")) return new OneOf(attribute, ReadValues(members));
        var comparison = members.Names.FirstOrDefault(name => EnumNames.Comparisons.Find(name) is not null);
        if (comparison is null)
        {
            members.Problems.Add(
                members.Pointer, ProblemCode.MemberMissing, $"One of these is missing: all, any, not, oneOf, {EnumNames.Comparisons.All}.");
            return Empty;
        }
        var value = members.ReadInteger(comparison, -CanonicalJson.IntegerMax, CanonicalJson.IntegerMax);
        return new IntegerIs(attribute, EnumNames.Comparisons.Find(comparison)!.Value, value ?? 0);
    }

    private static ImmutableArray<string> ReadValues(DocumentObject members)
    {
        var values = ImmutableArray.CreateBuilder<string>();
        foreach (var (element, pointer) in members.ReadArray("oneOf", 1, ValuesMax))
        {
            var value = members.ReadName(element, pointer, NamePatterns.Word(), NamePatterns.WordHelp);
            if (value.Length > 0 && values.Contains(value))
                members.Problems.Add(pointer, ProblemCode.Duplicate, "This value occurs twice.");
            values.Add(value);
        }
        return values.ToImmutable();
    }
}
