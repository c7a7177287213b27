namespace Scoring.Charts;

/// <summary>The number of subjects in a range of values.</summary>
/// <param name="From">The least value.</param>
/// <param name="To">The greatest value, inclusive.</param>
/// <param name="Count">The number of subjects.</param>
public sealed record HistogramBand(long From, long To, long Count);

/// <summary>A bar of a histogram. Its area, not its height, stands for the number: ranges have different widths.</summary>
/// <param name="Band">The range.</param>
/// <param name="Left">Where it begins: 0 at the left of the axis, 1 at the right.</param>
/// <param name="Width">Its width on the axis.</param>
/// <param name="Height">Its height: 1 for the densest range of both histograms.</param>
public sealed record HistogramBar(HistogramBand Band, double Left, double Width, double Height);

/// <summary>Places two histograms on the same axes, so that they can be compared.</summary>
public sealed class HistogramLayout
{
    /// <summary>Creates a layout. Ranges without subjects have no bar.</summary>
    /// <param name="now">The ranges of the first histogram in ascending values.</param>
    /// <param name="then">The ranges of the second one.</param>
    public HistogramLayout(IReadOnlyList<HistogramBand> now, IReadOnlyList<HistogramBand> then)
    {
        HistogramBand[] all = [.. now, .. then];
        Scale = ChartScale.Between(
            all.Select(band => band.From).DefaultIfEmpty(0).Min(), all.Select(band => band.To + 1).DefaultIfEmpty(1).Max());
        var densest = all.Select(Density).Append(double.Epsilon).Max();
        Now = Place(now, densest);
        Then = Place(then, densest);
    }

    /// <summary>The axis of the values. The greatest value ends one below its end.</summary>
    public ChartScale Scale { get; }

    /// <summary>The bars of the first histogram.</summary>
    public IReadOnlyList<HistogramBar> Now { get; }

    /// <summary>The bars of the second histogram.</summary>
    public IReadOnlyList<HistogramBar> Then { get; }

    private List<HistogramBar> Place(IEnumerable<HistogramBand> bands, double densest) =>
    [
        .. bands.Where(band => band.Count > 0).Select(band => new HistogramBar(
            band, Scale.Share(band.From), Scale.Share(band.To + 1) - Scale.Share(band.From), Density(band) / densest)),
    ];

    private static double Density(HistogramBand band) => (double)band.Count / (band.To - band.From + 1);
}
