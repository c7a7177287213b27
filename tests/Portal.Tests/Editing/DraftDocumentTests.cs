using System.Text.Json.Nodes;
using CsCheck;
using Scoring.Testing;

namespace Scoring.Editing;

public sealed class DraftDocumentTests
{
    public static TheoryData<string> Shipped =>
        [.. Directory.EnumerateDirectories(Seeds).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    private static string Seeds => Path.Combine(Repository.Root, "src", "Silo", "Seeds");

    [Theory, MemberData(nameof(Shipped))]
    public void A_shipped_programme_goes_through_the_form_without_loss(string programme)
    {
        var draft = Seed(programme);
        JsonNode.DeepEquals(ThroughForm(draft), draft).ShouldBeTrue();
        // And what the form shows is all of it: nothing is only kept.
        DraftDocument.Fields(draft).All.ShouldAllBe(field => !field.Name.EndsWith("extra") && !field.Name.EndsWith(".json"));
    }

    [Fact]
    public void Any_draft_goes_through_the_form_without_loss() => AnyDraft.Drafts.Sample(
        draft => JsonNode.DeepEquals(ThroughForm(draft), draft).ShouldBeTrue(draft.ToJsonString()), iter: 2000);

    [Fact]
    public void Any_draft_goes_through_its_text_without_loss() => AnyDraft.Drafts.Sample(draft =>
    {
        DraftDocument.TryRead(DraftDocument.Write(draft), out var read).ShouldBeTrue();
        return JsonNode.DeepEquals(read, draft);
    });

    [Theory]
    [InlineData("""{"programme":null,"ruleSet":7,"assessment":[]}""")]
    [InlineData("""{"programme":{"eventTypes":"traffic.trip","controller":[1],"effects":{}},"ruleSet":{"rules":[1,2],"tiers":null}}""")]
    [InlineData("""{"ruleSet":{"rules":[{"points":[],"when":"always"},{"points":{"by":"a","rows":{"A b":1}}},{"when":{"all":[1]}}]}}""")]
    [InlineData("""{"assessment":{"affectedGroups":["one\ntwo",""]},"more":{"x":[null]}}""")]
    public void What_does_not_fit_the_form_is_kept(string json)
    {
        DraftDocument.TryRead(json, out var draft).ShouldBeTrue();
        var through = ThroughForm(draft);
        // The form adds the parts that every draft has, and changes nothing that is there.
        foreach (var (name, value) in draft) Holds(through[name], value).ShouldBeTrue($"{name}: {through.ToJsonString()}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":"\ud800"}""")]
    public void A_text_that_is_no_object_is_refused(string text) => DraftDocument.TryRead(text, out _).ShouldBeFalse();

    [Fact]
    public void A_text_that_is_nested_too_deeply_is_refused() =>
        DraftDocument.TryRead(string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200), out _).ShouldBeFalse();

    [Theory]
    [InlineData("all", """{"all":[{"attribute":"km","atLeast":3}]}""")]
    [InlineData("not", """{"not":{"attribute":"km","atLeast":3}}""")]
    [InlineData("always", null)]
    public void Another_kind_of_condition_takes_what_is_there(string kind, string? expected)
    {
        var fields = new DraftFields();
        fields.Add("when.kind", kind);
        fields.Add("when.attribute", "km");
        fields.Add("when.op", "atLeast");
        fields.Add("when.value", "3");
        new ConditionShape().Read(fields, "when")?.ToJsonString().ShouldBe(expected);
        if (expected is null) new ConditionShape().Read(fields, "when").ShouldBeNull();
    }

    [Fact]
    public void A_number_that_is_none_stays_as_it_was_typed()
    {
        var fields = DraftDocument.Fields(Seed("safe-driver"));
        var typed = new DraftFields();
        foreach (var (name, value) in fields.All) typed.Add(name, name == "programme.floor" ? "many" : value);
        DraftDocument.OfFields(typed)["programme"]!["floor"]!.GetValue<string>().ShouldBe("many");
    }

    internal static JsonObject Seed(string programme) => new()
    {
        ["programme"] = Part(programme, "programme"), ["ruleSet"] = Part(programme, "ruleset"),
        ["assessment"] = Part(programme, "assessment"),
    };

    private static JsonNode Part(string programme, string part) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Seeds, programme, part + "-1.json")))!;

    private static JsonObject ThroughForm(JsonObject draft) => DraftDocument.OfFields(DraftDocument.Fields(draft));

    private static bool Holds(JsonNode? whole, JsonNode? part) => part is JsonObject members
        ? whole is JsonObject all && members.All(member => all.ContainsKey(member.Key) && Holds(all[member.Key], member.Value))
        : part is JsonArray elements && whole is JsonArray list
            ? elements.Count == list.Count && elements.Zip(list).All(pair => Holds(pair.Second, pair.First))
            : JsonNode.DeepEquals(whole, part);
}
