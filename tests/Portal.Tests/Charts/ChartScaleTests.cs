namespace Scoring.Charts;

public sealed class ChartScaleTests
{
    [Theory]
    [InlineData(500, 1000, new long[] { 500, 600, 700, 800, 900, 1000 })]
    [InlineData(0, 7, new long[] { 0, 2, 4, 6 })]
    [InlineData(130, 890, new long[] { 200, 400, 600, 800 })]
    [InlineData(0, 1_000_000, new long[] { 0, 200_000, 400_000, 600_000, 800_000, 1_000_000 })]
    public void An_axis_between_two_values_has_round_ticks(long min, long max, long[] ticks)
    {
        var scale = ChartScale.Between(min, max);
        (scale.Min, scale.Max).ShouldBe((min, max));
        scale.Ticks.ShouldBe(ticks);
    }

    [Theory]
    [InlineData(new long[] { 500, 620, 585, 593 }, 500, 650)]
    [InlineData(new long[] { 500 }, 500, 501)]
    [InlineData(new long[] { 500, 470 }, 470, 500)]
    [InlineData(new long[] { -35, 12 }, -40, 20)]
    [InlineData(new long[0], 0, 1)]
    public void An_axis_around_values_begins_and_ends_at_a_tick(long[] values, long min, long max)
    {
        var scale = ChartScale.Around(values);
        (scale.Min, scale.Max).ShouldBe((min, max));
        scale.Ticks[0].ShouldBe(min);
        scale.Ticks[^1].ShouldBe(max);
        scale.Ticks.Count.ShouldBeLessThanOrEqualTo(ChartScale.TicksMax);
    }

    [Fact]
    public void An_axis_without_a_distance_is_drawn_all_the_same() => ChartScale.Between(5, 5).Share(5).ShouldBe(0);

    [Fact]
    public void The_greatest_values_have_ticks() =>
        ChartScale.Between(0, long.MaxValue / 4).Ticks.Count.ShouldBeInRange(2, ChartScale.TicksMax);

    [Fact]
    public void A_share_is_never_outside_the_axis()
    {
        var scale = ChartScale.Between(100, 300);
        new long[] { 0, 100, 150, 300, 400 }.Select(scale.Share).ShouldBe([0, 0, 0.25, 1, 1]);
    }

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(0.125, "12.5%")]
    [InlineData(1.0 / 3, "33.333%")]
    [InlineData(1, "100%")]
    public void A_percentage_is_written_as_SVG_reads_it(double share, string text) => ChartScale.Percent(share).ShouldBe(text);
}
