using CsCheck;
using Scoring.Scores;
using Scoring.Tests.Scores;

namespace Scoring.Rules;

/// <summary>The check refuses a cap of a window exactly when no history can reach it.</summary>
public sealed class CapCheckTests
{
    [Theory]
    [InlineData(5, 50, true)]
    [InlineData(5, 51, false)]
    [InlineData(-5, 50, true)]
    [InlineData(-5, 51, false)]
    [InlineData(0, 1, false)]
    public void A_cap_may_equal_the_greatest_worth_of_all_days_and_not_exceed_it(long points, long capPerWindow, bool passes) =>
        Passes(Cases.Rule(points, 5, capPerWindow, windowDays: 10)).ShouldBe(passes);

    [Fact]
    public void Days_of_earlier_versions_count_in_because_the_later_cap_bounds_them_too()
    {
        Passes(Cases.Rule(5, 5, 51, windowDays: 10), Cases.Rule(5, 6, 10, windowDays: 1)).ShouldBeTrue();
        Passes(Cases.Rule(5, 5, 52, windowDays: 10), Cases.Rule(5, 6, 10, windowDays: 1)).ShouldBeFalse();
    }

    [Fact]
    public void The_greatest_worth_is_that_of_a_full_window() =>
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Int[1, 730], Gen.OneOfConst(0, 1, 30, 90)).Sample(
            (capPerDay, windowDays, halfLifeDays) =>
            {
                var rule = Cases.Rule(100_000, capPerDay, 1_000_000, windowDays, halfLifeDays);
                var sum = System.Numerics.BigInteger.Zero;
                for (var age = 0; age < windowDays; age++) sum += capPerDay * SlowReference.Factor(age, halfLifeDays);
                ((System.Numerics.BigInteger)CapCheck.WorthMax(rule)).ShouldBe(System.Numerics.BigInteger.Min(sum >> 32, 1_000_000));
            },
            iter: 100);

    [Fact]
    public void No_sum_overflows_at_the_ends_of_all_ranges()
    {
        checked
        {
            var day = 1_000_000L * FactorTable.Whole;
            (day < 1L << 52).ShouldBeTrue();
            ((Int128)day * FactorTable.DaysMax < Int128.One << 62).ShouldBeTrue();
            (1_000_000L * ProgrammeRules.RulesMax < 1L << 30).ShouldBeTrue();
        }
    }

    private static bool Passes(Rule rule, params Rule[] earlier)
    {
        var problems = new Problems("ruleset-1.json");
        CapCheck.Check(rule, [.. earlier], "/rules/0", problems);
        problems.All.ShouldAllBe(problem => problem.Code == ProblemCode.CapNeverBinds);
        return problems.All.Count == 0;
    }
}
