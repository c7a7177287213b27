using System.Globalization;
using System.Text.Json;

namespace Scoring.Bench.Comparison;

/// <summary>The result of the comparison, which prints it as one line of JSON.</summary>
/// <param name="Bench">The name of the bench.</param>
/// <param name="Cores">How many processors the builds used.</param>
/// <param name="Command">The command that both builds ran.</param>
/// <param name="Rounds">How often each build ran.</param>
/// <param name="Rows">The figures.</param>
public sealed record CompareResult(string Bench, int Cores, string Command, int Rounds, IReadOnlyList<ComparedFigure> Rows)
{
    /// <summary>The figures in which the new build is slower.</summary>
    public IReadOnlyList<string> Slower { get; } = [.. Rows.Where(row => row.Verdict == ComparedFigure.Slower).Select(row => row.Name)];

    /// <summary>Returns the line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Writes the figures as a table.</summary>
    public void Write(TextWriter to)
    {
        var width = Rows.Max(row => row.Name.Length);
        to.WriteLine($"{"".PadRight(width)} {"old",16} {"new",16} {"ratio",8} {"spread",8}");
        foreach (var row in Rows)
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name.PadRight(width)} {row.Old,16:#,##0.###} {row.New,16:#,##0.###} {row.Ratio,8:0.000} {row.SpreadPercent,6:0.0} % "
                    + $"{row.Verdict}"));
        to.WriteLine(Slower.Count == 0 ? "NEW is not slower." : $"NEW is slower: {string.Join(", ", Slower)}.");
    }
}
