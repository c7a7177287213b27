using System.Globalization;
using System.Text;

namespace Scoring.Charts;

/// <summary>A day of a line.</summary>
/// <param name="Day">The day.</param>
/// <param name="Value">The value of that day. A day that is missing has the value of the day before it.</param>
/// <param name="Events">What happened on it, in words.</param>
public sealed record LinePoint(DateOnly Day, long Value, IReadOnlyList<string> Events);

/// <summary>A named range of the values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">Its least value.</param>
public sealed record LineBand(string Name, long From);

/// <summary>Places the days of a line. The line is in a box of the width 1 a day and the height 100.</summary>
/// <param name="points">The days in ascending order, at least one.</param>
/// <param name="scale">The axis of the values.</param>
public sealed class LineLayout(IReadOnlyList<LinePoint> points, ChartScale scale)
{
    private const int LabelsMax = 4;

    /// <summary>The number of days from the first to the last.</summary>
    public int Days { get; } = points[^1].Day.DayNumber - points[0].Day.DayNumber + 1;

    /// <summary>
    /// The points that a table must list: the first, those with another value than the one before, and those with events.
    /// </summary>
    public IReadOnlyList<LinePoint> Turns { get; } =
    [
        .. points.Where((point, index) => index == 0 || point.Value != points[index - 1].Value || point.Events.Count > 0),
    ];

    /// <summary>The days that get a label under the axis, from the first to the last.</summary>
    public IReadOnlyList<DateOnly> Labels
    {
        get
        {
            var gaps = Math.Min(LabelsMax, Days) - 1;
            return gaps < 1
                ? [points[0].Day]
                : [.. Enumerable.Range(0, gaps + 1).Select(n => points[0].Day.AddDays((Days - 1) * n / gaps))];
        }
    }

    /// <summary>Returns the path of the steps.</summary>
    public string Path()
    {
        var path = new StringBuilder();
        foreach (var point in points)
        {
            path.Append(path.Length == 0 ? "M0 " : $"H{Offset(point.Day).ToString(CultureInfo.InvariantCulture)}V");
            path.Append(ChartScale.Coordinate(100 * (1 - scale.Share(point.Value))));
        }
        return path.Append(CultureInfo.InvariantCulture, $"H{Days}").ToString();
    }

    /// <summary>Returns where the middle of a day is: 0 at the left, 1 at the right.</summary>
    public double Middle(DateOnly day) => (Offset(day) + 0.5) / Days;

    private int Offset(DateOnly day) => day.DayNumber - points[0].Day.DayNumber;
}
