using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>Checks that <c>docs/operations.md</c> has one row for each metric, with its kind, and no other row.</summary>
public sealed partial class MetricsPageTests
{
    [Fact]
    public void Every_metric_has_a_row_with_its_kind()
    {
        var created = Creation().Matches(string.Join('\n', SourceTree.Code()
                .Where(code => code.Path.StartsWith("src", StringComparison.Ordinal)).SelectMany(code => code.Lines)))
            .Select(found => $"{found.Groups["name"].Value} {found.Groups["kind"].Value}".ToLowerInvariant()).ToArray();
        created.Length.ShouldBeGreaterThan(15);
        File.ReadLines(Path.Combine(SourceTree.Root, "docs", "operations.md"))
            .Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => $"{row.Groups["name"].Value} {row.Groups["kind"].Value}").Order(StringComparer.Ordinal)
            .ShouldBe(created.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""Create(?<kind>UpDownCounter|Counter|Histogram|Gauge)<\w+>\(\s*"(?<name>scoring\.[^"]+)""")]
    private static partial Regex Creation();

    [GeneratedRegex(@"^\| `(?<name>scoring\.[^`]+)` \| (?<kind>\w+)")]
    private static partial Regex Row();
}
