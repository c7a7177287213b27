namespace Scoring.Bench.Neutral;

/// <summary>
/// The area under the receiver operating characteristic of a classifier that has the time of one answer and nothing else: the probability
/// that a value of the first sample is greater than one of the second, ties counted half (the statistic of Mann and Whitney).
/// </summary>
public static class AreaUnderCurve
{
    private const double Normal95 = 1.959964;

    /// <summary>Returns the area and its 95 % confidence interval (DeLong 1988).</summary>
    public static (double Auc, double Low, double High) Of(double[] a, double[] b)
    {
        var below = Placements(a, b);
        var above = Placements(b, a);
        var auc = below.Average();
        var half = Normal95 * Math.Sqrt((Variance(below) / a.Length) + (Variance(above) / b.Length));
        return (auc, Math.Max(0, auc - half), Math.Min(1, auc + half));
    }

    /// <summary>For each value of one sample, the share of the other that is smaller, ties counted half.</summary>
    private static double[] Placements(double[] values, double[] others)
    {
        var sorted = others.Order().ToArray();
        return [.. values.Select(
            value => (Below(sorted, value, orEqual: false) + Below(sorted, value, orEqual: true)) / 2.0 / sorted.Length)];
    }

    private static int Below(double[] sorted, double value, bool orEqual)
    {
        var low = 0;
        var high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] <= value)) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1);
    }
}
