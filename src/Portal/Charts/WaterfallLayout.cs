namespace Scoring.Charts;

/// <summary>A part of a sum.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Points">What it adds, or takes away when negative.</param>
public sealed record WaterfallStep(string Label, long Points);

/// <summary>The bar of a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="From">The sum before it.</param>
/// <param name="To">The sum with it.</param>
public sealed record WaterfallBar(WaterfallStep Step, long From, long To);

/// <summary>Places the bars of a sum, each beginning where the one before it ends.</summary>
public sealed class WaterfallLayout
{
    /// <summary>Creates a layout.</summary>
    /// <param name="start">The value before the first step.</param>
    /// <param name="steps">The steps.</param>
    public WaterfallLayout(long start, IReadOnlyList<WaterfallStep> steps)
    {
        var bars = new List<WaterfallBar>(steps.Count);
        var sum = start;
        foreach (var step in steps)
        {
            bars.Add(new WaterfallBar(step, sum, sum + step.Points));
            sum += step.Points;
        }
        Bars = bars;
        End = sum;
        Scale = ChartScale.Around([start, .. bars.Select(bar => bar.To)]);
    }

    /// <summary>The bars in the order of the steps.</summary>
    public IReadOnlyList<WaterfallBar> Bars { get; }

    /// <summary>The value after the last step.</summary>
    public long End { get; }

    /// <summary>The axis, which holds every bar.</summary>
    public ChartScale Scale { get; }
}
