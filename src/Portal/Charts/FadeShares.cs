using System.Globalization;
using System.Text;

namespace Scoring.Charts;

/// <summary>
/// How much of a day's points is left as the day grows old: half of it after each half-life, and nothing once the window is over.
/// For drawing only; the platform's own factors are integers (docs/rules.md).
/// </summary>
/// <param name="HalfLifeDays">The half-life in days; 0 for no fading.</param>
/// <param name="WindowDays">The window in days, at least 1.</param>
public sealed record FadeShares(int HalfLifeDays, int WindowDays)
{
    private const int DrawnMax = 60;
    private const int ListedMax = 10;

    /// <summary>The ages that a table lists: the first day, round ones between, the last day of the window and the day after it.</summary>
    public IReadOnlyList<int> Listed
    {
        get
        {
            var step = Steps().First(days => WindowDays / days < ListedMax);
            return [.. Enumerable.Range(0, (WindowDays + step - 1) / step).Select(n => n * step).Append(WindowDays - 1).Append(WindowDays)
                .Distinct().Order()];
        }
    }

    /// <summary>Returns the share that is left of a day that is so many days old, 0 to 1.</summary>
    public double At(int age) => age >= WindowDays ? 0 : HalfLifeDays == 0 ? 1 : Math.Pow(2, -(double)age / HalfLifeDays);

    /// <summary>Returns the path of the steps in a box of the width 1 a day, with a tenth more for the end, and the height 100.</summary>
    public string Path()
    {
        var every = (WindowDays + DrawnMax - 1) / DrawnMax;
        var path = new StringBuilder("M0 0");
        for (var age = every; age < WindowDays && HalfLifeDays > 0; age += every)
            path.Append(CultureInfo.InvariantCulture, $"H{age}V{ChartScale.Coordinate(100 * (1 - At(age)))}");
        return path.Append(CultureInfo.InvariantCulture, $"H{WindowDays}V100H{ChartScale.Coordinate(WindowDays * 1.1)}").ToString();
    }

    private static IEnumerable<int> Steps()
    {
        for (var power = 1; ; power *= 10)
        {
            yield return power;
            yield return 2 * power;
            yield return 5 * power;
        }
    }
}
