using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>The parts of the house style that a machine can hold.</summary>
public sealed partial class HouseTests
{
    [Fact]
    public void No_line_is_longer_than_140_columns() =>
        Places(line => line.Length > 140).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_to_do() =>
        Places(line => LeftOver().IsMatch(line)).ShouldBeEmpty();

    [Fact]
    public void No_test_waits_by_the_clock() =>
        Places(line => Sleep().IsMatch(line), "tests/").ShouldBeEmpty();

    [Fact]
    public void The_root_holds_only_what_a_newcomer_should_read() =>
        Directory.EnumerateFiles(Repository.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBeSubsetOf(
        [
            ".editorconfig", ".git", ".gitignore", "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props",
            "README.md", "Scoring.sln", "global.json", "run", "test",
        ]);

    private static IEnumerable<string> Places(Func<string, bool> wrong, string below = "") =>
        from file in Repository.Code()
        where file.Path.StartsWith(below, StringComparison.Ordinal) && Path.GetFileName(file.Path) != "HouseTests.cs"
        from line in file.Lines.Index()
        where wrong(line.Item)
        select $"{file.Path}:{line.Index + 1}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException|^\s*#region")]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\((?!Timeout\.Infinite)")]
    private static partial Regex Sleep();
}
