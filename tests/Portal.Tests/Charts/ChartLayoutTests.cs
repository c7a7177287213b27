namespace Scoring.Charts;

public sealed class ChartLayoutTests
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    [Fact]
    public void The_bars_of_a_waterfall_add_up_to_its_end()
    {
        var layout = new WaterfallLayout(500, [new("a", 120), new("b", -35), new("c", 0), new("d", 8)]);
        layout.Bars[0].From.ShouldBe(500);
        layout.Bars.Zip(layout.Bars.Skip(1)).ShouldAllBe(pair => pair.First.To == pair.Second.From);
        layout.Bars[^1].To.ShouldBe(593);
        layout.End.ShouldBe(593);
        layout.Bars.ShouldAllBe(bar => bar.To >= layout.Scale.Min && bar.To <= layout.Scale.Max);
    }

    [Fact]
    public void A_waterfall_without_steps_ends_where_it_starts() => new WaterfallLayout(500, []).End.ShouldBe(500);

    [Fact]
    public void A_line_holds_its_value_until_the_next_day()
    {
        var layout = new LineLayout(
            [new(Day, 500, []), new(Day.AddDays(1), 600, ["e"]), new(Day.AddDays(4), 600, [])], ChartScale.Between(500, 700));
        layout.Path().ShouldBe("M0 100H1V50H4V50H5");
        layout.Days.ShouldBe(5);
        layout.Middle(Day.AddDays(1)).ShouldBe(0.3);
        layout.Turns.Select(point => point.Value).ShouldBe([500, 600]);
    }

    [Theory]
    [InlineData(1, new[] { 0 })]
    [InlineData(2, new[] { 0, 1 })]
    [InlineData(91, new[] { 0, 30, 60, 90 })]
    public void At_most_four_days_have_a_label(int days, int[] labels) =>
        new LineLayout([.. Enumerable.Range(0, days).Select(day => new LinePoint(Day.AddDays(day), 0, []))], ChartScale.Between(0, 1))
            .Labels.ShouldBe(labels.Select(Day.AddDays));

    [Fact]
    public void A_month_has_weeks_from_Monday_to_Sunday()
    {
        var months = CalendarMonth.Between(Day, new DateOnly(2027, 1, 2));
        months.Select(month => month.First.Month).ShouldBe([11, 12, 1]);
        months[0].Weeks.ShouldAllBe(week => week.Count == 7);
        months[0].Weeks[0].ShouldBe([null, null, null, null, null, null, new DateOnly(2026, 11, 1)]);
        months.SelectMany(month => month.Weeks).SelectMany(week => week).Count(day => day is not null).ShouldBe(30 + 31 + 31);
    }

    [Theory]
    [InlineData(30, 90, 0, 1)]
    [InlineData(30, 90, 30, 0.5)]
    [InlineData(30, 90, 60, 0.25)]
    [InlineData(30, 90, 90, 0)]
    [InlineData(0, 7, 6, 1)]
    [InlineData(0, 7, 7, 0)]
    public void Half_of_a_day_is_left_after_each_half_life(int halfLife, int window, int age, double share) =>
        new FadeShares(halfLife, window).At(age).ShouldBe(share, 1e-12);

    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    [InlineData(730)]
    public void A_curve_is_drawn_and_listed_with_few_points(int window)
    {
        var shares = new FadeShares(30, window);
        shares.Path().Count(letter => letter == 'H').ShouldBeLessThanOrEqualTo(62);
        shares.Path().ShouldContain($"H{window}V100");
        shares.Listed.Count.ShouldBeLessThanOrEqualTo(13);
        shares.Listed[0].ShouldBe(0);
        shares.Listed[^1].ShouldBe(window);
    }

    [Theory]
    [InlineData("A trip by bus", 20, new[] { "A trip by bus" })]
    [InlineData("A trip by bus or tram", 10, new[] { "A trip by", "bus or", "tram" })]
    [InlineData("按时缴纳停车费", 6, new[] { "按时缴", "纳停车", "费" })]
    [InlineData("abcdefghij", 4, new[] { "abcd", "efgh", "ij" })]
    [InlineData("", 4, new string[0])]
    public void A_label_is_broken_into_lines(string text, int width, string[] lines) => LabelLines.Wrap(text, width).ShouldBe(lines);

    [Fact]
    public void Rows_of_bars_do_not_overlap()
    {
        var rows = new BarRows(["short", new string('x', 100), ""]).Rows;
        rows.Zip(rows.Skip(1)).ShouldAllBe(pair => pair.First.BarY + BarRows.BarHeight < pair.Second.TextY - ChartLabel.LineHeight / 2);
    }
}
