using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Rules;

/// <summary>
/// A condition inside a rule: <c>{"all":[…]}</c>, <c>{"any":[…]}</c>, <c>{"not":{…}}</c>, <c>{"attribute":"…","atLeast":n}</c> (or equalTo,
/// lessThan, atMost, moreThan), <c>{"attribute":"…","oneOf":[…]}</c>.
/// </summary>
internal static class ConditionDocument
{
    public const int DepthMax = 8;
    private const int PartsMax = 64;
    private static readonly Condition Nothing = new AllOf([]);

    public static Condition Read(JsonElement element, string pointer, Problems problems, int depth)
    {
        if (depth > DepthMax)
        {
            problems.Add(pointer, ProblemCode.ConditionTooDeep, $"At most {DepthMax} levels.");
            return Nothing;
        }
        var members = DocumentObject.Of(element, pointer, problems);
        if (members.IsNothing) return Nothing;
        var condition = members.Has("all") ? new AllOf(ReadParts(members, "all", depth))
            : members.Has("any") ? new AnyOf(ReadParts(members, "any", depth))
            : members.Has("not") ? new Negated(Read(members.Take("not")!.Value, members.At("not"), problems, depth + 1))
            : ReadComparison(members);
        members.Close();
        return condition;
    }

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
        _ => throw new ArgumentException("A kind of condition that this build does not know.", nameof(condition)),
    };

    private static JsonArray Parts(ImmutableArray<Condition> parts) => new([.. parts.Select(Write)]);

    private static ImmutableArray<Condition> ReadParts(DocumentObject members, string name, int depth) =>
        [.. members.List(name, 1, PartsMax).Select(part => Read(part.Element, part.Pointer, members.Problems, depth + 1))];

    private static Condition ReadComparison(DocumentObject members)
    {
        var attribute = members.Form("attribute", NamePatterns.Attribute(), NamePatterns.AttributeHelp);
        if (members.Has("oneOf")) return new OneOf(attribute, ReadValues(members));
        var named = members.Names.FirstOrDefault(name => EnumNames.Comparisons.Find(name) is not null);
        if (named is null)
        {
            members.Problems.Add(members.Pointer, ProblemCode.MemberMissing, $"One of all, any, not, oneOf, {EnumNames.Comparisons.All}.");
            return Nothing;
        }
        var value = members.Integer(named, -CanonicalJson.IntegerMax, CanonicalJson.IntegerMax);
        return new IntegerIs(attribute, EnumNames.Comparisons.Find(named)!.Value, value ?? 0);
    }

    private static ImmutableArray<string> ReadValues(DocumentObject members)
    {
        var values = ImmutableArray.CreateBuilder<string>();
        foreach (var (element, pointer) in members.List("oneOf", 1, 64))
        {
            var value = members.Formed(element, pointer, NamePatterns.Word(), NamePatterns.WordHelp);
            if (value.Length > 0 && values.Contains(value))
                members.Problems.Add(pointer, ProblemCode.Duplicate, "This value is there twice.");
            values.Add(value);
        }
        return values.ToImmutable();
    }
}
