namespace Scoring.Charts;

/// <summary>A bar.</summary>
/// <param name="Label">What it counts.</param>
/// <param name="Value">The count; <see langword="null"/> when it is hidden.</param>
public sealed record Bar(string Label, long? Value);

/// <summary>A row of a chart with horizontal bars: a label, and the bar under it.</summary>
/// <param name="Lines">The lines of the label.</param>
/// <param name="WideLines">The lines of the label on a wide screen, not more than the others.</param>
/// <param name="TextY">The base of the first line, in pixels from the top.</param>
/// <param name="BarY">The upper edge of the bar.</param>
public sealed record BarRow(IReadOnlyList<string> Lines, IReadOnlyList<string> WideLines, int TextY, int BarY);

/// <summary>Puts rows of bars under each other.</summary>
public sealed class BarRows
{
    /// <summary>The height of a bar in pixels.</summary>
    public const int BarHeight = 16;

    private const int TextBase = 14;
    private const int TextToBar = 6;
    private const int RowGap = 12;

    /// <summary>Creates the rows of labels.</summary>
    public BarRows(IEnumerable<string> labels)
    {
        var rows = new List<BarRow>();
        var y = 0;
        foreach (var label in labels)
        {
            var lines = LabelLines.Wrap(label, ChartLabel.WidthMax);
            var bar = y + TextBase + ChartLabel.LineHeight * (Math.Max(lines.Count, 1) - 1) + TextToBar;
            rows.Add(new BarRow(lines, LabelLines.Wrap(label, ChartLabel.WideMax), y + TextBase, bar));
            y = bar + BarHeight + RowGap;
        }
        Rows = rows;
        Height = y;
    }

    /// <summary>The rows from top to bottom.</summary>
    public IReadOnlyList<BarRow> Rows { get; }

    /// <summary>The height of all rows in pixels.</summary>
    public int Height { get; }
}
