using System.Text.Json.Nodes;
using CsCheck;

namespace Scoring.Editing;

/// <summary>Makes drafts of any form that the platform takes, and of some that it does not.</summary>
internal static class AnyDraft
{
    private static readonly Gen<string> Word = Gen.Char["abcxyz019-"].Array[1, 8].Select(letters => new string(letters));

    private static readonly Gen<string> Words =
        Gen.Char["abc äß中文<>&\"'{}[]\\/~.@"].Array[1, 30].Select(letters => $"a{new string(letters).Trim()}z");

    private static readonly Gen<JsonNode?> Number = Gen.OneOf(
        Gen.Int[-1_000_000, 1_000_000].Select(number => (JsonNode?)number), Gen.Const(() => (JsonNode?)JsonNode.Parse("1.50")),
        Gen.Const(() => (JsonNode?)JsonNode.Parse("99999999999999999999")));

    private static readonly Gen<JsonNode?> Comparison = Gen.OneOf(
        Gen.Select(Word, Gen.OneOfConst(ConditionShape.Comparisons), Number,
            (attribute, comparison, value) => (JsonNode?)new JsonObject { ["attribute"] = attribute, [comparison] = value }),
        Gen.Select(Word, Word.Array[1, 3],
            (attribute, values) => (JsonNode?)new JsonObject { ["attribute"] = attribute, ["oneOf"] = Texts(values) }));

    private static readonly Gen<JsonNode?> Points = Gen.OneOf(
        Number,
        Gen.Select(Word, Gen.Dictionary(Word, Number)[1, 5], (by, rows) => (JsonNode?)new JsonObject
        {
            ["by"] = by, ["rows"] = new JsonObject(rows.Select(row => KeyValuePair.Create(row.Key, row.Value))),
        }));

    private static readonly Gen<JsonNode?> Rule = Gen.Select(
        Gen.Select(Word, Word, Words), Points, Gen.Select(Number, Number, Number, Number), Condition(6), Gen.Int[0, 5],
        (texts, points, numbers, when, form) =>
        {
            var rule = new JsonObject
            {
                ["id"] = texts.Item1, ["eventType"] = texts.Item2, ["points"] = points, ["capPerDay"] = numbers.Item1,
                ["capPerWindow"] = numbers.Item2, ["windowDays"] = numbers.Item3, ["halfLifeDays"] = numbers.Item4,
                ["reason"] = texts.Item3,
            };
            if (form > 0) rule["when"] = when;
            if (form == 5) rule["note"] = new JsonArray(1, "two", null);
            return (JsonNode?)rule;
        });

    /// <summary>Any draft, its members in any order.</summary>
    public static Gen<JsonObject> Drafts { get; } = Gen.Select(
        Gen.Select(Word, Words, Words, Word.Array[0, 4]), Number, Rule.Array[0, 4], Words.Array[0, 3], Gen.Int[0, 1000],
        (texts, number, rules, groups, order) => Shuffled(
            new JsonObject
            {
                ["programme"] = new JsonObject
                {
                    ["id"] = texts.Item1, ["name"] = texts.Item2, ["purpose"] = texts.Item3, ["eventTypes"] = Texts(texts.Item4),
                    ["floor"] = number?.DeepClone(), ["controller"] = new JsonObject { ["legalName"] = texts.Item2, ["fax"] = 7 },
                    ["effects"] = new JsonArray([.. groups.Select(group => new JsonObject { ["tier"] = "gold", ["description"] = group })]),
                },
                ["ruleSet"] = new JsonObject
                {
                    ["number"] = number?.DeepClone(), ["rules"] = new JsonArray(rules), ["tiers"] = new JsonArray(),
                    ["corrections"] = new JsonArray(new JsonObject { ["ruleSet"] = 1, ["rule"] = texts.Item1 }),
                },
                ["assessment"] = new JsonObject { ["affectedGroups"] = Texts(groups), ["risks"] = order % 2 == 0 ? new JsonArray() : null },
            }, order));

    private static Gen<JsonNode?> Condition(int depth) => depth == 0 ? Comparison : Gen.OneOf(
        Comparison,
        Condition(depth - 1).Array[1, 3].Select(parts => (JsonNode?)new JsonObject { ["all"] = new JsonArray(parts) }),
        Condition(depth - 1).Array[0, 3].Select(parts => (JsonNode?)new JsonObject { ["any"] = new JsonArray(parts) }),
        Condition(depth - 1).Select(part => (JsonNode?)new JsonObject { ["not"] = part }));

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonObject Shuffled(JsonObject draft, int seed) => new(draft.OrderBy(member => (member.Key.Length * seed) % 7)
        .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
