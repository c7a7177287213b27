using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>Checks that the page of rights names served routes and existing tests only, and other pages existing tests.</summary>
public sealed partial class RightsPageTests
{
    private static readonly string[] Rows = RowsOf("rights.md");

    [Theory]
    [InlineData("rights.md", 40)]
    [InlineData("operations.md", 10)]
    public void Each_named_test_exists(string page, int least)
    {
        var tests = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Test().Matches(File.ReadAllText(file))).Select(found => found.Groups[1].Value).ToHashSet();
        var named = RowsOf(page).SelectMany(row => Named().Matches(row)).Select(found => found.Groups[1].Value).ToArray();
        named.Length.ShouldBeGreaterThan(least);
        named.Where(name => !tests.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void Each_route_is_served()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "openapi.json")));
        var served = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"))
            .ToHashSet();
        var named = Rows.SelectMany(row => Route().Matches(row))
            .SelectMany(found => found.Groups[1].Value.Split("`, `").Select(method => $"{method} {found.Groups[2].Value}")).ToArray();
        named.Length.ShouldBeGreaterThan(40);
        named.Where(route => !served.Contains(route)).ShouldBeEmpty();
    }

    [Fact]
    public void Each_row_of_a_norm_says_whether_it_holds()
    {
        var norms = Rows.Where(
            row => row.Count(c => c == '|') == 6 && !row.StartsWith("| norm ", StringComparison.Ordinal)
                && !row.StartsWith("|---", StringComparison.Ordinal)).Found("rows of norms");
        foreach (var row in norms) row.Split('|')[5].Trim().ShouldMatch("^(holds|partly|not yet|does not hold)", row);
    }

    private static string[] RowsOf(string page) =>
        [.. File.ReadLines(Path.Combine(SourceTree.Root, "docs", page)).Where(line => line.StartsWith('|'))];

    [GeneratedRegex(@"\[(?:Fact|Theory)[^\n]*\](?:\s*\[[^\n]*\])*\s*public (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Test();

    [GeneratedRegex(@"`([A-Z][A-Za-z0-9]*_\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"`((?:GET|POST|PUT|DELETE)(?:`, `(?:GET|POST|PUT|DELETE))*) (/v1/[^`?]*)`")]
    private static partial Regex Route();
}
