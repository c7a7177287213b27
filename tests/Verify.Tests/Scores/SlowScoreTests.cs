using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Verify.Scores;

public sealed class SlowScoreTests
{
    private static readonly DateOnly Today = new(2026, 1, 31);

    [Fact]
    public void Without_events_the_score_is_the_floor_and_the_tier_baseline() =>
        SlowScore.Of(Programme(Set(1, "2000-01-01", Rule())), Today, []).ShouldSatisfyAllConditions(
            expected => expected.Score.ShouldBe(500),
            expected => expected.Tier.ShouldBe("baseline"),
            expected => expected.Worth.ShouldBeEmpty());

    [Fact]
    public void Points_of_one_day_are_summed_and_capped_in_both_directions()
    {
        var programme = Programme(Set(1, "2000-01-01", Rule(points: "4", capPerDay: 10)));
        Score(programme, Trips(0, 2)).ShouldBe(508);
        Score(programme, Trips(0, 3)).ShouldBe(510);
        var negative = Programme(Set(1, "2000-01-01", Rule("up", points: "100"), Rule("down", points: "-4", capPerDay: 10)));
        Score(negative, Trips(0, 3)).ShouldBe(500 + 300 - 10);
    }

    [Fact]
    public void Points_that_a_later_set_corrects_count_nothing_from_the_first_day_of_that_set()
    {
        var correcting = Set(2, "2026-01-31", Rule("a", points: "4"), Rule("b", points: "2")) with { Corrections = [(1, "a")] };
        var programme = Programme(Set(1, "2000-01-01", Rule("a", points: "4"), Rule("b", points: "2")), correcting);
        Score(programme, Trips(1, 1)).ShouldBe(502);
        Score(programme, Trips(0, 1)).ShouldBe(506);
        SlowScore.Of(programme, Today.AddDays(-1), Trips(1, 1)).Score.ShouldBe(506);
    }

    [Fact]
    public void The_window_ends_before_the_day_of_that_age()
    {
        var programme = Programme(Set(1, "2000-01-01", Rule(points: "4", windowDays: 10)));
        Score(programme, Trips(9, 1)).ShouldBe(504);
        Score(programme, Trips(10, 1)).ShouldBe(500);
        Score(programme, Trips(-1, 1)).ShouldBe(500);
    }

    [Fact]
    public void One_half_life_leaves_half_and_the_sum_is_floored_once()
    {
        var programme = Programme(Set(1, "2000-01-01", Rule(points: "3", halfLifeDays: 7, windowDays: 100)));
        Score(programme, Trips(7, 1)).ShouldBe(501); // 1.5
        Score(programme, [.. Trips(7, 1), .. Trips(14, 1)]).ShouldBe(502); // 1.5 + 0.75 = 2.25, not 1 + 0
        var negative = Programme(Set(1, "2000-01-01", Rule("up", points: "10"),
            Rule("down", points: "-3", halfLifeDays: 7, windowDays: 100)));
        Score(negative, Trips(7, 1)).ShouldBe(508); // 10 - 1.5, floored towards minus infinity: -2
    }

    [Theory]
    [InlineData(0, 7, 4294967296)]
    [InlineData(7, 7, 2147483648)]
    [InlineData(1, 1, 2147483648)]
    [InlineData(1, 2, 3037000499)]
    [InlineData(33, 1, 0)]
    [InlineData(100, 0, 4294967296)]
    public void What_is_left_after_fading_is_exact(int age, int halfLife, long left) =>
        SlowScore.Factor(age, halfLife).ShouldBe(new BigInteger(left));

    [Fact]
    public void A_rule_is_worth_no_more_than_its_cap_and_a_score_stays_within_floor_and_ceiling()
    {
        Score(Programme(Set(1, "2000-01-01", Rule(points: "4", capPerWindow: 5))), [.. Trips(0, 1), .. Trips(1, 1)]).ShouldBe(505);
        Score(Programme(Set(1, "2000-01-01", Rule(points: "-4"))), Trips(0, 3)).ShouldBe(500);
        var high = Programme(Set(1, "2000-01-01", Rule(points: "1000")));
        Score(high, Trips(0, 1)).ShouldBe(1000);
        SlowScore.Of(high, Today, Trips(0, 1)).Tier.ShouldBe("gold");
    }

    [Fact]
    public void A_day_is_valued_by_the_rules_of_that_day_and_capped_by_those_of_today()
    {
        var programme = Programme(
            Set(1, "2000-01-01", Rule(points: "4", capPerWindow: 100)), Set(2, "2026-01-30", Rule(points: "7", capPerWindow: 9)));
        Score(programme, Trips(5, 1)).ShouldBe(504);
        Score(programme, Trips(0, 1)).ShouldBe(507);
        Score(programme, [.. Trips(5, 1), .. Trips(0, 1)]).ShouldBe(509);
    }

    [Fact]
    public void A_removed_rule_counts_for_its_own_days_under_its_last_cap()
    {
        var programme = Programme(Set(1, "2000-01-01", Rule("gone", points: "4", capPerWindow: 6)),
            Set(2, "2026-01-30", Rule("other", "surveillance.x")));
        Score(programme, [.. Trips(5, 1), .. Trips(4, 1)]).ShouldBe(506);
        Score(programme, Trips(0, 1)).ShouldBe(500);
    }

    [Fact]
    public void A_condition_compares_and_an_absent_attribute_makes_it_false()
    {
        Holds("""{"attribute":"km","atLeast":50}""", """{"km":50}""").ShouldBeTrue();
        Holds("""{"attribute":"km","moreThan":50}""", """{"km":50}""").ShouldBeFalse();
        Holds("""{"attribute":"km","lessThan":51}""", """{"km":50}""").ShouldBeTrue();
        Holds("""{"attribute":"km","atMost":49}""", """{"km":50}""").ShouldBeFalse();
        Holds("""{"attribute":"km","equalTo":50}""", "{}").ShouldBeFalse();
        Holds("""{"not":{"attribute":"km","moreThan":2}}""", "{}").ShouldBeTrue();
        Holds("""{"all":[{"attribute":"zone","oneOf":["true"]},{"any":[{"attribute":"a","oneOf":["x","y"]}]}]}""",
            """{"zone":true,"a":"y"}""")
            .ShouldBeTrue();
    }

    [Theory]
    [InlineData("equal-to", 50, true)]
    [InlineData("less-than", 50, false)]
    [InlineData("at-most", 50, true)]
    [InlineData("at-least", 51, false)]
    [InlineData("more-than", 49, true)]
    public void A_comparison_in_the_form_of_the_API_gives_the_same(string comparison, int bound, bool holds) =>
        Holds($$"""{"attribute":"km","is":"{{comparison}}","value":{{bound}}}""", """{"km":50}""").ShouldBe(holds);

    [Fact]
    public void Points_in_the_form_of_the_API_give_the_same()
    {
        var programme = Programme(Set(1, "2000-01-01", Rule(points: """{"attribute":"zone","rows":[{"value":"true","points":5}]}""")));
        Score(programme, [new CountedEvent("traffic.trip", Today, new JsonObject { ["zone"] = true })]).ShouldBe(505);
        Score(programme, [new CountedEvent("traffic.trip", Today, new JsonObject { ["zone"] = false })]).ShouldBe(500);
    }

    [Fact]
    public void Points_by_value_give_nothing_for_a_value_without_a_row()
    {
        var programme = Programme(Set(1, "2000-01-01", Rule(points: """{"by":"zone","rows":{"true":5}}""")));
        Score(programme, [new CountedEvent("traffic.trip", Today, new JsonObject { ["zone"] = true })]).ShouldBe(505);
        Score(programme, [new CountedEvent("traffic.trip", Today, new JsonObject { ["zone"] = false })]).ShouldBe(500);
        Score(programme, [new CountedEvent("traffic.trip", Today, [])]).ShouldBe(500);
    }

    private static bool Holds(string condition, string data)
    {
        using var document = JsonDocument.Parse(condition);
        return RuleReading.Holds(document.RootElement, JsonNode.Parse(data)!.AsObject());
    }

    private static long Score(ProgrammeDocument programme, IReadOnlyList<CountedEvent> events) =>
        SlowScore.Of(programme, Today, events).Score;

    private static CountedEvent[] Trips(int age, int count) =>
        [.. Enumerable.Repeat(new CountedEvent("traffic.trip", Today.AddDays(-age), []), count)];

    private static ProgrammeDocument Programme(params RuleSetDocument[] sets) =>
        new("safe-driver", TimeZoneInfo.Utc, 500, 1000, 30, Today, sets);

    private static RuleSetDocument Set(int number, string firstDay, params string[] rules)
    {
        using var document = JsonDocument.Parse($$"""
            {"number":{{number}},"firstDay":"{{firstDay}}","hash":"h","rules":[{{string.Join(',', rules)}}],
             "tiers":[{"name":"baseline","from":500},{"name":"bronze","from":600},{"name":"gold","from":850}]}
            """);
        return RuleSetDocument.Read(document.RootElement);
    }

    private static string Rule(
        string id = "one", string eventType = "traffic.trip", string points = "4", int capPerDay = 1000, int capPerWindow = 1000,
        int windowDays = 30, int halfLifeDays = 0) => $$"""
            {"id":"{{id}}","eventType":"{{eventType}}","points":{{points}},"capPerDay":{{capPerDay}},"capPerWindow":{{capPerWindow}},
             "windowDays":{{windowDays}},"halfLifeDays":{{halfLifeDays}},"reason":"r"}
            """;
}
