using Scoring.Client;
using Scoring.Languages;
using Scoring.Rules;
using Condition = Scoring.Client.Condition;
using Points = Scoring.Client.Points;
using Rule = Scoring.Client.Rule;

namespace Scoring.Portal.Rules;

public sealed class RuleSentencesTests
{
    private static readonly EventType Trip = new(
        "traffic.trip", EventFamily.Traffic, EventOrigin.Initiated, Context.Mobility, "A trip that the keeper sent.",
        [
            new("brakings", AttributeKind.Integer, false, "1", 0, 100, [], "How often it braked."),
            new("distance", AttributeKind.Integer, true, "km", 1, 2000, [], "How far it went."),
            new("result", AttributeKind.Code, true, "", 0, 0, ["minor-defects", "pass"], "What was found."),
            new("school", AttributeKind.Boolean, false, "", 0, 0, [], "Whether it was at a school."),
        ]);

    private static readonly Condition Far = new(Attribute: "distance", AtLeast: 1200);
    private static readonly Condition Calm = new(Attribute: "brakings", LessThan: 3);
    private static readonly Condition Passed = new(Attribute: "result", OneOf: ["pass"]);

    public static TheoryData<Condition, string, string> Comparisons() => new()
    {
        { new(Attribute: "brakings", EqualTo: 0), "“How often it braked” is exactly 0", "“How often it braked”正好是 0" },
        { Calm, "“How often it braked” is less than 3", "“How often it braked”少于 3" },
        { new(Attribute: "distance", AtMost: 5), "“How far it went” is at most 5 km", "“How far it went”不超过 5 km" },
        { Far, "“How far it went” is at least 1,200 km", "“How far it went”至少为 1,200 km" },
        { new(Attribute: "distance", MoreThan: -5), "“How far it went” is more than −5 km", "“How far it went”超过 −5 km" },
        { Passed, "“What was found” is “pass”", "“What was found”为“pass”" },
        {
            new(Attribute: "result", OneOf: ["pass", "minor-defects"]),
            "“What was found” is “pass” or “minor defects”",
            "“What was found”为“pass”或“minor defects”"
        },
        { new(Attribute: "school", OneOf: ["true"]), "“Whether it was at a school” is yes", "“Whether it was at a school”为是" },
        { new(Attribute: "school", OneOf: ["false"]), "“Whether it was at a school” is no", "“Whether it was at a school”为否" },
        { new(Attribute: "gone", AtLeast: 2), "“gone” is at least 2", "“gone”至少为 2" },
        { new(), "a condition holds that this site does not know yet", "满足一个本网站尚不认识的条件" },
    };

    public static TheoryData<Condition, string, string> Combinations() => new()
    {
        {
            new(All: [Far, Calm, Passed]),
            "“How far it went” is at least 1,200 km and “How often it braked” is less than 3 "
            + "and “What was found” is “pass”",
            "“How far it went”至少为 1,200 km，并且“How often it braked”少于 3，并且“What was found”为“pass”"
        },
        {
            new(Any: [Far, Calm]), "“How far it went” is at least 1,200 km or “How often it braked” is less than 3",
            "“How far it went”至少为 1,200 km或“How often it braked”少于 3"
        },
        { new(Not: Passed), "it is not so that “What was found” is “pass”", "并非“What was found”为“pass”" },
        {
            new(Not: new(Any: [Far, Calm])),
            "it is not so that (“How far it went” is at least 1,200 km or “How often it braked” is less than 3)",
            "并非（“How far it went”至少为 1,200 km或“How often it braked”少于 3）"
        },
        {
            new(Any: [Passed, new(All: [Far, new(Not: Calm)])]),
            "“What was found” is “pass” or (“How far it went” is at least 1,200 km "
            + "and it is not so that “How often it braked” is less than 3)",
            "“What was found”为“pass”或（“How far it went”至少为 1,200 km，"
            + "并且并非“How often it braked”少于 3）"
        },
        { new(All: [Far]), "“How far it went” is at least 1,200 km", "“How far it went”至少为 1,200 km" },
    };

    [Theory]
    [MemberData(nameof(Comparisons))]
    [MemberData(nameof(Combinations))]
    public void A_condition_is_said_in_words(Condition condition, string english, string chinese)
    {
        Of("en").Condition(condition, Trip).ToString().ShouldBe(english);
        Of("zh-Hans").Condition(condition, Trip).ToString().ShouldBe(chinese);
    }

    [Fact]
    public void A_rule_is_a_sentence()
    {
        Of("en").Event(Rule(new(4))).ToString().ShouldBe("An event “A trip that the keeper sent” adds 4 points.");
        Of("zh-Hans").Event(Rule(new(4))).ToString().ShouldBe("每个“A trip that the keeper sent”事件加 4 分。");
        Of("en").Event(Rule(new(-1), Passed)).ToString()
            .ShouldBe("An event “A trip that the keeper sent” takes 1 point if “What was found” is “pass”.");
        Of("zh-Hans").Event(Rule(new(-1), Passed)).ToString()
            .ShouldBe("每个“A trip that the keeper sent”事件，如果“What was found”为“pass”，则减 1 分。");
    }

    [Theory]
    [InlineData(80, 20, "adds")]
    [InlineData(80, -4, "adds or takes")]
    [InlineData(-8, -4, "takes")]
    public void A_table_says_its_direction(long pass, long defects, string words)
    {
        var rule = Rule(new(null, "result", new Dictionary<string, long> { ["pass"] = pass, ["minor-defects"] = defects }));
        Of("en").Event(rule).ToString()
            .ShouldBe($"An event “A trip that the keeper sent” {words} points by “What was found”, as in the table.");
        Of("en").Limit(rule).ShouldBe($"A day {words} at most 12 points, and all days together at most 90.");
        Of("en").By(rule).ToString().ShouldBe("What was found");
        Of("en").Rows(rule).Select(row => (row.Value.ToString(), row.Points))
            .ShouldBe([("“pass”", pass), ("“minor defects”", defects)]);
    }

    [Fact]
    public void Fading_is_said_in_words()
    {
        Of("en").Fading(Rule(new(4))).ShouldBe("What a day gives halves every 30 days and ends after 180 days.");
        Of("en").Fading(Rule(new(4)) with { HalfLifeDays = 0, WindowDays = 1 })
            .ShouldBe("What a day gives counts in full for 1 day and then ends.");
        Of("zh-Hans").Fading(Rule(new(4))).ShouldBe("某一天的分数每过 30 天减半，180 天后不再计算。");
    }

    [Fact]
    public void What_the_city_has_written_is_marked_and_never_read_as_a_place()
    {
        var hostile = Trip with { Description = "<b>{0}{1}</b>." };
        var phrase = new RuleSentences(new Texts(Language.All[0]), [hostile]).Event(Rule(new(4), Far));
        phrase.Parts.Where(part => part.IsDocument).Select(part => part.Text).ShouldBe(["<b>{0}{1}</b>", "How far it went", "km"]);
    }

    [Fact]
    public void An_event_type_that_is_gone_is_called_by_its_name() =>
        new RuleSentences(new Texts(Language.All[0]), []).Event(Rule(new(4))).ToString()
            .ShouldBe("An event “traffic.trip” adds 4 points.");

    private static RuleSentences Of(string language) => new(new Texts(Language.Find(language)!), [Trip]);

    private static Rule Rule(Points points, Condition? when = null) => new("r", Trip.Name, points, 12, 90, 180, 30, "A reason.", when);
}
