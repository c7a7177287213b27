namespace Scoring.Programmes;

public sealed class StatisticsMonthsTests
{
    [Fact]
    public void The_last_twelve_full_months_can_be_chosen()
    {
        var months = StatisticsMonths.Last(new DateOnly(2026, 3, 31), new DateOnly(2000, 1, 1));
        months.Count.ShouldBe(12);
        months[0].ShouldBe(new DateOnly(2026, 2, 1));
        months[^1].ShouldBe(new DateOnly(2025, 3, 1));
    }

    [Fact]
    public void No_month_is_before_the_first_day() =>
        StatisticsMonths.Last(new DateOnly(2026, 3, 1), new DateOnly(2026, 1, 31)).Select(StatisticsMonths.Write)
            .ShouldBe(["2026-02", "2026-01"]);

    [Fact]
    public void A_programme_of_this_month_has_no_month_yet() =>
        StatisticsMonths.Last(new DateOnly(2026, 3, 20), new DateOnly(2026, 3, 1)).ShouldBeEmpty();

    [Fact]
    public void A_month_is_counted_when_nothing_more_can_come_in() =>
        StatisticsMonths.CountedOn(new DateOnly(2026, 9, 1), 30).ShouldBe(new DateOnly(2026, 11, 1));

    [Theory]
    [InlineData("2026-03", true)]
    [InlineData("2026-13", false)]
    [InlineData("2026-3", false)]
    [InlineData("2026-03-01", false)]
    [InlineData("x", false)]
    [InlineData(null, false)]
    public void A_month_is_read_strictly(string? text, bool isMonth) => (StatisticsMonths.Find(text) is not null).ShouldBe(isMonth);

    [Theory]
    [InlineData("The statistics exist from this day on: 2026-12-02", 2)]
    [InlineData("2026-99-99", 0)]
    [InlineData(null, 0)]
    public void The_day_of_a_problem_is_found(string? detail, int day) => (StatisticsMonths.DayIn(detail)?.Day ?? 0).ShouldBe(day);
}
