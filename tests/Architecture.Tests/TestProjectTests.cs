using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>Checks the properties of test projects that ./test reads.</summary>
public sealed partial class TestProjectTests
{
    [Fact]
    public void A_project_whose_tests_start_PostgreSQL_declares_it() => ShouldDeclare(StartsPostgres(), "NeedsPostgres");

    [Fact]
    public void A_project_whose_tests_start_a_broker_declares_it() => ShouldDeclare(StartsBroker(), "NeedsBroker");

    [Fact]
    public void A_project_whose_tests_run_promtool_declares_it() => ShouldDeclare(RunsPromtool(), "NeedsPromtool");

    private static void ShouldDeclare(Regex starts, string property)
    {
        var starting = SourceTree.Code()
            .Where(file => file.Lines.Any(line => starts.IsMatch(line)))
            .Select(file => file.Path.Split(Path.DirectorySeparatorChar))
            .Where(path => path[0] == "tests" && path[1].EndsWith(".Tests", StringComparison.Ordinal))
            .Select(path => path[1])
            .ToHashSet();
        starting.ShouldNotBeEmpty();
        starting.Where(project => !Declares(project, property)).ShouldBeEmpty();
    }

    private static bool Declares(string project, string property) =>
        File.ReadAllText(Path.Combine(SourceTree.Root, "tests", project, project + ".csproj"))
            .Contains($"<{property}>true</{property}>", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(EmbeddedPostgres|StandaloneProcess|PlatformCluster)\.(Start|Launch)|\bnew PlatformCluster\b")]
    private static partial Regex StartsPostgres();

    [GeneratedRegex(@"\bMosquitto\.Start\b")]
    private static partial Regex StartsBroker();

    [GeneratedRegex(@"\bProcessStartInfo\(""promtool""")]
    private static partial Regex RunsPromtool();
}
