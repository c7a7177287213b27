namespace Scoring.Bench.Neutral;

/// <summary>
/// The two-sample Kolmogorov-Smirnov test. D is the greatest distance between the two empirical distributions. p is the probability of a
/// distance as great when both samples come from one distribution (asymptotic, with Stephens' correction; accurate from about ten values).
/// </summary>
public static class KolmogorovSmirnov
{
    private const int TermsMax = 100;

    /// <summary>Returns D and p. Sorts both samples.</summary>
    public static (double D, double P) Test(double[] a, double[] b)
    {
        Array.Sort(a);
        Array.Sort(b);
        var i = 0;
        var j = 0;
        var d = 0.0;
        while (i < a.Length && j < b.Length)
        {
            var at = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= at) i++;
            while (j < b.Length && b[j] <= at) j++;
            d = Math.Max(d, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }
        var n = Math.Sqrt((double)a.Length * b.Length / (a.Length + b.Length));
        return (d, Tail((n + 0.12 + (0.11 / n)) * d));
    }

    /// <summary>
    /// Returns the p-values with Holm's correction, which is valid for any dependence between them. The probability of any false difference
    /// stays below the level.
    /// </summary>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        var corrected = new double[p.Count];
        var order = Enumerable.Range(0, p.Count).OrderBy(i => p[i]).ToArray();
        var least = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
            corrected[order[rank]] = least = Math.Max(least, Math.Min(1, (p.Count - rank) * p[order[rank]]));
        return corrected;
    }

    private static double Tail(double x)
    {
        if (x < 0.2) return 1;
        var sum = 0.0;
        for (var k = 1; k <= TermsMax; k++) sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * x * x);
        return Math.Clamp(sum, 0, 1);
    }
}
