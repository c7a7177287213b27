namespace Scoring.Charts;

public sealed class HistogramLayoutTests
{
    [Fact]
    public void The_area_of_a_bar_stands_for_its_number()
    {
        var layout = new HistogramLayout([new(500, 549, 100), new(550, 749, 100)], []);
        layout.Now.Select(bar => bar.Height).ShouldBe([1, 0.25]);
        (layout.Now[1].Width / layout.Now[0].Width).ShouldBe(4, 0.0001);
    }

    [Fact]
    public void Both_histograms_have_the_same_axes()
    {
        var layout = new HistogramLayout([new(500, 599, 200)], [new(600, 699, 100), new(900, 999, 50)]);
        (layout.Scale.Min, layout.Scale.Max).ShouldBe((500, 1000));
        layout.Now.Single().Height.ShouldBe(1);
        layout.Then.Select(bar => (bar.Left, bar.Height)).ShouldBe([(0.2, 0.5), (0.8, 0.25)]);
    }

    [Fact]
    public void An_empty_range_has_no_bar() =>
        new HistogramLayout([new(500, 549, 0), new(550, 599, 20)], [new(500, 599, 0)]).Now.ShouldHaveSingleItem().Band.From.ShouldBe(550);

    [Fact]
    public void Neighbours_touch_and_the_last_bar_ends_with_the_axis()
    {
        var bars = new HistogramLayout([new(500, 549, 20), new(550, 1000, 20)], []).Now;
        bars[1].Left.ShouldBe(bars[0].Left + bars[0].Width, 0.0001);
        (bars[1].Left + bars[1].Width).ShouldBe(1, 0.0001);
    }

    [Fact]
    public void Without_subjects_there_are_no_bars()
    {
        var layout = new HistogramLayout([], []);
        layout.Now.ShouldBeEmpty();
        layout.Scale.Max.ShouldBeGreaterThan(layout.Scale.Min);
    }

    [Fact]
    public void A_bar_is_cut_into_those_who_fall_stay_and_rise() =>
        PartsLayout.Pieces(new PartsBar("a", 100, 20, 40), 200).ShouldBe(
            [new(PartKind.Falling, 0, 0.2), new(PartKind.Same, 0.2, 0.2), new(PartKind.Rising, 0.4, 0.1)]);

    [Theory]
    [InlineData(null, 40L)]
    [InlineData(20L, null)]
    [InlineData(null, null)]
    public void Where_a_part_is_hidden_so_is_how_many_stay(long? rising, long? falling)
    {
        var pieces = PartsLayout.Pieces(new PartsBar("a", 100, rising, falling), 100);
        pieces.ShouldContain(piece => piece.Kind == PartKind.Hidden);
        pieces.ShouldNotContain(piece => piece.Kind == PartKind.Same);
        pieces.Sum(piece => piece.Width).ShouldBe(1, 0.0001);
    }
}
