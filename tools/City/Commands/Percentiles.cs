namespace Scoring.City.Commands;

/// <summary>Percentiles of durations.</summary>
public static class Percentiles
{
    /// <summary>Returns a percentile by nearest rank; 0 for an empty list.</summary>
    public static double Of(IReadOnlyList<double> values, double percent)
    {
        if (values.Count == 0) return 0;
        double[] sorted = [.. values.Order()];
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>Returns p50, p99 and the maximum as text, in milliseconds.</summary>
    public static string Text(IReadOnlyList<double> values) =>
        $"p50 {Of(values, 50):N0} ms, p99 {Of(values, 99):N0} ms, max {Of(values, 100):N0} ms";
}
