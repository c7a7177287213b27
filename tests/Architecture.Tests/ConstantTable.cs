using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>Builds the rows of a Markdown table from C# source: one row for each string constant, with its value and its summary.</summary>
internal static partial class ConstantTable
{
    /// <summary>Returns the rows in the order of the source.</summary>
    /// <exception cref="FormatException">A constant has no summary directly above it.</exception>
    public static IReadOnlyList<string> Rows(string source)
    {
        var rows = new List<string>();
        var comment = new List<string>();
        foreach (var line in source.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("///", StringComparison.Ordinal)) comment.Add(line[3..].Trim());
            else
            {
                if (Constant().Match(line) is { Success: true } constant)
                    rows.Add($"| `{constant.Groups["value"].Value}` | {Summary(constant.Groups["name"].Value, comment)} |");
                comment.Clear(); // A comment belongs to the next line only.
            }
        }
        return rows;
    }

    private static string Summary(string name, IEnumerable<string> comment) =>
        Text().Match(string.Join(' ', comment)) is { Success: true } summary
            ? Code().Replace(summary.Groups["text"].Value.Trim(), "`$1`")
            : throw new FormatException($"{name} has no summary.");

    [GeneratedRegex("""public const string (?<name>\w+) = "(?<value>[^"]+)";""")]
    private static partial Regex Constant();

    [GeneratedRegex("^<summary>(?<text>.+?)</summary>")]
    private static partial Regex Text();

    [GeneratedRegex("<c>(.+?)</c>")]
    private static partial Regex Code();
}
