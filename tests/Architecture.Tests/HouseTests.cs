using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>The parts of the house style that a machine can hold.</summary>
public sealed partial class HouseTests
{
    [Fact]
    public void Nothing_is_left_to_do() =>
        Places(line => LeftOver().IsMatch(line)).ShouldBeEmpty();

    [Fact]
    public void The_root_holds_only_what_a_newcomer_should_read() =>
        Directory.EnumerateFiles(Repository.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBeSubsetOf(
        [
            ".editorconfig", ".git", ".gitignore", "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props",
            "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md", "Scoring.sln", "global.json", "run", "test",
        ]);

    private static IEnumerable<string> Places(Func<string, bool> wrong) =>
        from file in Repository.Code()
        where Path.GetFileName(file.Path) != "HouseTests.cs"
        from line in file.Lines.Index()
        where wrong(line.Item)
        select $"{file.Path}:{line.Index + 1}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException|^\s*#region")]
    private static partial Regex LeftOver();
}
