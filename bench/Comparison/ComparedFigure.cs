using System.Text.RegularExpressions;
using Scoring.City.Commands;

namespace Scoring.Bench.Comparison;

/// <summary>Whether a figure is better when it is greater.</summary>
public enum FigureSense
{
    /// <summary>It says what was measured, or what the machine can do, and is not judged.</summary>
    None = 0,

    /// <summary>Greater is better: a throughput, or its share of the machine's.</summary>
    Greater = 1,

    /// <summary>Less is better: a time, a size, a number of errors.</summary>
    Less = 2,
}

/// <summary>One figure of two builds.</summary>
/// <param name="Name">Its name in the bench's result.</param>
/// <param name="Old">The median of the old build.</param>
/// <param name="New">The median of the new build.</param>
/// <param name="Ratio">New to old; 0 when the old median is 0.</param>
/// <param name="SpreadPercent">The greatest difference between two runs of one build, of the median, in percent.</param>
/// <param name="Verdict"><c>slower</c>, <c>faster</c>, <c>same</c>, or empty when it is not judged.</param>
public sealed partial record ComparedFigure(string Name, double Old, double New, double Ratio, double SpreadPercent, string Verdict)
{
    /// <summary>The verdict on a figure that is worse beyond the spread.</summary>
    public const string Slower = "slower";

    /// <summary>A smaller difference is none, however well both builds repeat themselves: results are rounded.</summary>
    private const double DifferenceMin = 0.01;

    /// <summary>Compares the values of one figure.</summary>
    public static ComparedFigure Of(string name, double[] old, double[] renewed)
    {
        var before = Percentiles.Of(old, 50);
        var after = Percentiles.Of(renewed, 50);
        var spread = Math.Max(old.Max() - old.Min(), renewed.Max() - renewed.Min());
        var sense = SenseOf(name);
        var difference = sense == FigureSense.Greater ? before - after : after - before;
        var isBeyond = Math.Abs(difference) > Math.Max(spread, DifferenceMin * Math.Abs(before));
        return new ComparedFigure(
            name, before, after, before == 0 ? 0 : Math.Round(after / before, 3),
            before == 0 ? 0 : Math.Round(100 * spread / Math.Abs(before), 1),
            sense == FigureSense.None ? "" : !isBeyond ? "same" : difference > 0 ? Slower : "faster");
    }

    /// <summary>
    /// Returns the sense of a figure by the words of its name, which hold its unit. What begins with copy is the machine's own speed.
    /// </summary>
    public static FigureSense SenseOf(string name)
    {
        var words = Words().Matches(name[(name.IndexOf(']') + 1)..]).Select(word => word.Value.ToLowerInvariant()).ToArray();
        if (words[0] == "copy") return FigureSense.None;
        if (words.Contains("cost") || words.Contains("bytes") && words.Contains("per")) return FigureSense.Less;
        if (words.Zip(words.Skip(1)).Contains(("per", "second")) || words[^1] == "ratio") return FigureSense.Greater;
        return words.Any(word => word is "us" or "ms" or "milliseconds" or "errors" or "wrong") || words[^1] == "seconds"
            ? FigureSense.Less
            : FigureSense.None;
    }

    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]")]
    private static partial Regex Words();
}
