using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Scoring.Programmes;
using Scoring.Tests.Rules;

namespace Scoring.Rules;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b" : [ 1, true , null ], "a" : { "d":"x", "c":-0 } }""", """{"a":{"c":0,"d":"x"},"b":[1,true,null]}""")]
    [InlineData(""" "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/" """, "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"")]
    [InlineData("{\"\\ufb33\":1,\"\\ud83d\\ude00\":2,\"\\u20ac\":3,\"\\r\":4,\"1\":5}",
        "{\"\\r\":4,\"1\":5,\"€\":3,\"😀\":2,\"\ufb33\":1}")]
    public void The_form_is_that_of_RFC_8785(string json, string canonical) =>
        Encoding.UTF8.GetString(CanonicalJson.Write(Parsed(json))).ShouldBe(canonical);

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("9007199254740992")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("\"\\ud800\"")]
    public void A_value_without_a_canonical_form_is_refused(string json) =>
        Should.Throw<FormatException>(() => CanonicalJson.Write(Parsed(json)));

    [Fact]
    public void The_hash_of_a_rule_set_does_not_depend_on_order_and_layout()
    {
        var document = JsonNode.Parse(SampleDocuments.RuleSet)!;
        var expected = CanonicalJson.Hash(CanonicalJson.Write(document));
        Gen.Int.Sample(
            seed =>
            {
                var documents = SampleDocuments.All();
                documents["calm/ruleset-1.json"] =
                    Shuffled(document, new Random(seed))!.ToJsonString(new JsonSerializerOptions { WriteIndented = seed % 2 == 0 });
                SampleDocuments.Read(documents).Programmes[0].RuleSets[0].Hash.ShouldBe(expected);
            },
            iter: 100);
    }

    [Fact]
    public void The_hash_of_a_rule_set_changes_with_any_member()
    {
        var documents = SampleDocuments.All();
        var hashes = new HashSet<string> { SampleDocuments.Read(documents).Programmes[0].RuleSets[0].Hash };
        foreach (var (right, wrong) in
            new[] { ("First.", "Second."), ("\"atLeast\":3", "\"atMost\":3"), ("\"city\":2", "\"city\":3"), ("2025-01-01", "2025-01-02") })
        {
            documents["calm/ruleset-1.json"] = SampleDocuments.RuleSet.Replace(right, wrong, StringComparison.Ordinal);
            hashes.Add(SampleDocuments.Read(documents).Programmes[0].RuleSets[0].Hash).ShouldBeTrue(right);
        }
    }

    [Fact]
    public void Written_documents_are_read_back_as_the_same_bytes()
    {
        var read = SampleDocuments.Read(SampleDocuments.All());
        var written = SampleDocuments.Written(read);
        var again = SampleDocuments.ReadAgain(read);
        again.Problems.ShouldBeEmpty();
        var now = new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);
        again.Publish(now).Hash.ShouldBe(read.Publish(now).Hash);
        again.Compile().Find(ProgrammeId.Parse("calm"))!.Hash.ShouldBe(read.Compile().Find(ProgrammeId.Parse("calm"))!.Hash);
        foreach (var (path, json) in written) json.ShouldBe(CanonicalJson.Write(JsonNode.Parse(json)!), path);
        foreach (var (path, json) in written.Where(text => text.Path.StartsWith("calm/", StringComparison.Ordinal)))
            json.ShouldBe(CanonicalJson.Write(JsonNode.Parse(SampleDocuments.All()[path])!), path);
    }

    public static JsonNode? Shuffled(JsonNode? node, Random random) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(_ => random.Next())
            .Select(pair => KeyValuePair.Create(pair.Key, Shuffled(pair.Value, random)))),
        JsonArray elements => new JsonArray([.. elements.Select(element => Shuffled(element, random))]),
        _ => node?.DeepClone(),
    };

    private static JsonElement Parsed(string json) => JsonDocument.Parse(json).RootElement;
}
