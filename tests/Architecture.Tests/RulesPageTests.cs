namespace Scoring.Architecture;

/// <summary>
/// Checks that the table of problem codes in <c>docs/rules.md</c> equals the comments of <c>ProblemCode.cs</c>. To write the table after a
/// change of the comments, run these tests once with the environment variable <c>SCORING_DOCS_WRITE=1</c>.
/// </summary>
public sealed class RulesPageTests
{
    private const string Head = "| code | meaning |\n|---|---|\n";

    private static readonly string Page = Path.Combine(SourceTree.Root, "docs", "rules.md");

    [Fact]
    public void The_table_of_problem_codes_equals_the_source()
    {
        var file = SourceTree.Code().Single(code => Path.GetFileName(code.Path) == "ProblemCode.cs");
        var rows = ConstantTable.Rows(string.Join('\n', file.Lines));
        rows.Count.ShouldBeGreaterThan(40);
        var page = File.ReadAllText(Page);
        var start = page.IndexOf(Head, StringComparison.Ordinal) + Head.Length;
        start.ShouldBeGreaterThan(Head.Length);
        var end = page.IndexOf("\n\n", start, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("SCORING_DOCS_WRITE") == "1")
        {
            page = $"{page[..start]}{string.Join('\n', rows)}{page[end..]}";
            File.WriteAllText(Page, page);
            end = page.IndexOf("\n\n", start, StringComparison.Ordinal);
        }
        page[start..end].Split('\n').ShouldBe(rows);
    }

    [Fact]
    public void A_row_holds_the_summary_of_its_own_constant_only()
    {
        const string Source = """
            /// <summary>Codes.</summary>
            public static class Code
            {
                /// <summary>It is not JSON.</summary>
                public const string NotJson = "not-json";

                /// <summary>
                /// The first tier is not <c>baseline</c>,
                /// or another one is.
                /// </summary>
                /// <remarks>More.</remarks>
                public const string BaselineNotFirst = "baseline-not-first";
            }
            """;
        ConstantTable.Rows(Source).ShouldBe(
        [
            "| `not-json` | It is not JSON. |",
            "| `baseline-not-first` | The first tier is not `baseline`, or another one is. |",
        ]);
    }

    [Fact]
    public void A_constant_without_a_summary_is_refused()
    {
        const string Source = """
            /// <summary>Codes.</summary>
            public static class Code
            {
                public const string NotJson = "not-json";
            }
            """;
        Should.Throw<FormatException>(() => ConstantTable.Rows(Source)).Message.ShouldContain("NotJson");
    }

    [Fact]
    public void No_row_of_the_page_holds_code() =>
        File.ReadLines(Page).Where(line => line.StartsWith('|')).Found("rows")
            .Where(line => line.Contains("///", StringComparison.Ordinal) || line.Contains("summary>", StringComparison.Ordinal)
                || line.Contains("public static ", StringComparison.Ordinal))
            .ShouldBeEmpty();
}
