using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>Makes the rows of a Markdown table from C# source: one row for each text constant, with its value and its summary.</summary>
internal static partial class ConstantTable
{
    /// <summary>The rows in the order of the source.</summary>
    /// <exception cref="FormatException">A constant has no summary of its own directly above it.</exception>
    public static IReadOnlyList<string> Rows(string source)
    {
        var (rows, comment) = (new List<string>(), new List<string>());
        foreach (var line in source.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("///", StringComparison.Ordinal)) comment.Add(line[3..].Trim());
            else
            {
                if (Constant().Match(line) is { Success: true } found)
                    rows.Add($"| `{found.Groups["value"].Value}` | {Summary(found.Groups["name"].Value, comment)} |");
                comment.Clear(); // a comment belongs to the line below it alone
            }
        }
        return rows;
    }

    private static string Summary(string name, IEnumerable<string> comment) =>
        Text().Match(string.Join(' ', comment)) is { Success: true } found
            ? Code().Replace(found.Groups["text"].Value.Trim(), "`$1`")
            : throw new FormatException($"{name} has no summary.");

    [GeneratedRegex("""public const string (?<name>\w+) = "(?<value>[^"]+)";""")]
    private static partial Regex Constant();

    [GeneratedRegex("^<summary>(?<text>.+?)</summary>")]
    private static partial Regex Text();

    [GeneratedRegex("<c>(.+?)</c>")]
    private static partial Regex Code();
}
