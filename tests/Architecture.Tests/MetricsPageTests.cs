using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary><c>docs/operations.md</c> has a row for every metric, with its kind, and for no other.</summary>
public sealed partial class MetricsPageTests
{
    [Fact]
    public void Every_metric_has_a_row_with_its_kind()
    {
        var made = Made().Matches(string.Join('\n', Repository.Code()
                .Where(code => code.Path.StartsWith("src", StringComparison.Ordinal)).SelectMany(code => code.Lines)))
            .Select(found => $"{found.Groups["name"].Value} {found.Groups["kind"].Value}".ToLowerInvariant()).ToArray();
        made.Length.ShouldBeGreaterThan(15);
        File.ReadLines(Path.Combine(Repository.Root, "docs", "operations.md"))
            .Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => $"{row.Groups["name"].Value} {row.Groups["kind"].Value}").Order(StringComparer.Ordinal)
            .ShouldBe(made.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""Create(?<kind>Counter|Histogram)<\w+>\(\s*"(?<name>scoring\.[^"]+)""")]
    private static partial Regex Made();

    [GeneratedRegex(@"^\| `(?<name>scoring\.[^`]+)` \| (?<kind>\w+)")]
    private static partial Regex Row();
}
