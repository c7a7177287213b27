using System.Collections.Immutable;
using CsCheck;
using Scoring.Events;
using Scoring.Programmes;
using Scoring.Tests.Rules;

namespace Scoring.Rules;

public sealed class ConditionSatisfiabilityTests
{
    private static readonly EventType SmallType = new(
        "traffic.trip", EventFamily.Traffic, EventOrigin.Initiated, Context.Mobility, "A trip.",
        [
            new("calm", AttributeKind.Boolean, false, "", 0, 0, [], "Whether calm."),
            new("km", AttributeKind.Integer, true, "km", -3, 4, [], "How far."),
            new("over", AttributeKind.Integer, false, "km", 0, 2, [], "How much above."),
            new("road", AttributeKind.Code, true, "", 0, 0, ["city", "land", "sea"], "Where."),
        ]);

    private static readonly Gen<Condition> Comparison = Gen.OneOf(
        Gen.Select(Gen.Enum<Comparison>(), Gen.Long[-3, 4], (comparison, value) => (Condition)new IntegerIs("km", comparison, value)),
        Gen.Select(Gen.Enum<Comparison>(), Gen.Long[0, 2], (comparison, value) => (Condition)new IntegerIs("over", comparison, value)),
        Gen.OneOfConst<Condition>(
            new OneOf("calm", ["true"]), new OneOf("calm", ["false"]), new OneOf("road", ["city"]), new OneOf("road", ["land", "sea"])));

    private static readonly Gen<Condition> Any = Gen.Recursive<Condition>((depth, inner) => depth == 3
        ? Comparison
        : Gen.OneOf(
            Comparison,
            inner.Array[1, 4].Select(parts => (Condition)new AllOf([.. parts])),
            inner.Array[1, 3].Select(parts => (Condition)new AnyOf([.. parts])),
            inner.Select(part => (Condition)new Negated(part))));

    [Fact]
    public void A_condition_can_hold_exactly_when_some_event_of_the_type_meets_it()
    {
        var answers = new HashSet<bool>();
        Any.Sample(
            condition =>
            {
                var compiled = CompiledCondition.Compile(condition, SmallType.Attributes);
                var holds = EveryEvent().Any(values => compiled.Holds(values));
                ConditionSatisfiability.CanHold(condition, SmallType).ShouldBe(holds);
                lock (answers) answers.Add(holds);
            },
            iter: 3000);
        answers.Count.ShouldBe(2, "both answers occur");
    }

    [Fact]
    public void The_width_of_a_range_does_not_matter()
    {
        var wide = SmallType with
        {
            Attributes =
                [new("km", AttributeKind.Integer, true, "km", -CanonicalJson.IntegerMax, CanonicalJson.IntegerMax, [], "How far.")],
        };
        ConditionSatisfiability.CanHold(Between(7, 9), wide).ShouldBe(true);
        ConditionSatisfiability.CanHold(Between(7, 8), wide).ShouldBe(false);

        static Condition Between(long above, long below) => new AllOf(
            [new IntegerIs("km", Rules.Comparison.MoreThan, above), new IntegerIs("km", Rules.Comparison.LessThan, below)]);
    }

    [Fact]
    public void A_condition_beyond_the_limits_has_no_answer()
    {
        Condition one = new IntegerIs("km", Rules.Comparison.EqualTo, 1);
        ConditionSatisfiability.CanHold(new AllOf([.. Enumerable.Repeat(one, ConditionSatisfiability.PartsMax - 1)]), SmallType)
            .ShouldBe(true);
        ConditionSatisfiability.CanHold(new AllOf([.. Enumerable.Repeat(one, ConditionSatisfiability.PartsMax)]), SmallType).ShouldBeNull();
        var many = SmallType with
        {
            Attributes = [.. Enumerable.Range(0, 16).Select(
                index => new AttributeDefinition($"a{index}", AttributeKind.Boolean, false, "", 0, 0, [], "A."))],
        };
        ConditionSatisfiability.CanHold(Of(13), many).ShouldBe(true);
        ConditionSatisfiability.CanHold(Of(16), many).ShouldBeNull();

        static AllOf Of(int count) => new([.. Enumerable.Range(0, count).Select(index => (Condition)new OneOf($"a{index}", ["true"]))]);
    }

    [Theory]
    [InlineData("""{"any":[{"attribute":"km","atLeast":3},{"all":[{"attribute":"km","atMost":3},{"attribute":"km","moreThan":3}]}]}""",
        "/any/1")]
    [InlineData("""{"not":{"attribute":"km","moreThan":100}}""", "/not")]
    [InlineData("""{"all":[{"attribute":"km","lessThan":4},{"not":{"attribute":"km","atMost":50}}]}""", "")]
    [InlineData("""{"all":[{"not":{"attribute":"calm","oneOf":["false"]}},{"not":{"attribute":"calm","oneOf":["true"]}}]}""", null)]
    [InlineData("""{"not":{"any":[{"attribute":"road","oneOf":["city"]},{"attribute":"road","oneOf":["land"]}]}}""", null)]
    public void Parts_that_can_never_hold_are_named_with_their_pointer(string when, string? pointer)
    {
        var problems = Read(SampleDocuments.RuleSet.Replace(
            """{"all":[{"attribute":"km","atLeast":3},{"not":{"attribute":"calm","oneOf":["false"]}}]}""", when, StringComparison.Ordinal));
        problems.Select(problem => (problem.Pointer, problem.Code)).ShouldBe(
            pointer is null ? [] : [($"/rules/0/when{pointer}", ProblemCode.NeverHolds)]);
    }

    [Fact]
    public void A_row_that_its_own_rules_condition_excludes_is_named() =>
        Read(SampleDocuments.RuleSet.Replace(
            "\"reason\":\"Roads.\"", "\"reason\":\"Roads.\",\"when\":{\"attribute\":\"road\",\"oneOf\":[\"land\"]}",
            StringComparison.Ordinal))
            .Select(problem => (problem.Pointer, problem.Code)).ShouldBe([("/rules/1/points/rows/city", ProblemCode.NeverHolds)]);

    [Fact]
    public void A_condition_beyond_the_limits_is_refused()
    {
        var parts = string.Join(',', Enumerable.Repeat("""{"any":[{"attribute":"km","atLeast":3},{"attribute":"km","atLeast":4}]}""", 43));
        Read(SampleDocuments.RuleSet.Replace(
            """{"all":[{"attribute":"km","atLeast":3},{"not":{"attribute":"calm","oneOf":["false"]}}]}""", $$"""{"all":[{{parts}}]}""",
            StringComparison.Ordinal))
            .Select(problem => (problem.Pointer, problem.Code)).ShouldBe([("/rules/0/when", ProblemCode.ConditionTooLarge)]);
    }

    private static ImmutableArray<DocumentProblem> Read(string rules)
    {
        rules.ShouldNotBe(SampleDocuments.RuleSet);
        var documents = SampleDocuments.All();
        documents["calm/ruleset-1.json"] = rules;
        return SampleDocuments.Read(documents).Problems;
    }

    private static IEnumerable<long[]> EveryEvent()
    {
        foreach (var calm in (long[])[CompiledCondition.Absent, 0, 1])
            for (var km = -3L; km <= 4; km++)
                foreach (var over in (long[])[CompiledCondition.Absent, 0, 1, 2])
                    for (var road = 0L; road < 3; road++) yield return [calm, km, over, road];
    }
}
