using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>Checks the rules of the house style that a test can check.</summary>
public sealed partial class HouseTests
{
    [Fact]
    public void No_unfinished_work_is_marked() =>
        LinesWith(line => Unfinished().IsMatch(line)).ShouldBeEmpty();

    [Fact]
    public void The_root_holds_the_listed_files_only() =>
        Directory.EnumerateFiles(SourceTree.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBeSubsetOf(
        [
            ".editorconfig", ".git", ".gitignore", "BannedSymbols.txt", "Directory.Build.props", "Directory.Build.targets",
            "Directory.Packages.props", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md", "Scoring.sln", "global.json",
            "run", "test",
        ]);

    private static IEnumerable<string> LinesWith(Func<string, bool> isFault) =>
        from file in SourceTree.Code()
        where Path.GetFileName(file.Path) != "HouseTests.cs"
        from line in file.Lines.Index()
        where isFault(line.Item)
        select $"{file.Path}:{line.Index + 1}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException|^\s*#region")]
    private static partial Regex Unfinished();
}
