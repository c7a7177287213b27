using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>Checks the Markdown pages: links resolve, lines keep to one width, and named files exist.</summary>
public sealed partial class DocsTests
{
    private const int WidthMax = 120;

    private static readonly string Decisions = Path.Combine("docs", "decisions");

    private static readonly MarkdownPage[] Pages = [.. MarkdownPage.All()];

    [Fact]
    public void Every_relative_link_and_anchor_resolves()
    {
        var links = Pages.SelectMany(page => page.Links.Select(link => (page, link))).ToArray();
        links.Length.ShouldBeGreaterThan(60);
        links.Where(pair => !Resolves(pair.page, pair.link.Target))
            .Select(pair => $"{pair.page.Path}:{pair.link.Line} {pair.link.Target}").ShouldBeEmpty();
    }

    [Fact]
    public void Prose_is_at_most_120_columns_wide() =>
        Pages.SelectMany(page => page.Prose.Where(line => line.Text.Length > WidthMax && !LoneLink().IsMatch(line.Text))
                .Select(line => $"{page.Path}:{line.Number} has {line.Text.Length} columns"))
            .ShouldBeEmpty();

    [Fact]
    public void Every_repository_path_in_backticks_exists()
    {
        var paths = Pages.SelectMany(page => page.CodeSpans.Select(span => (page, span)))
            .Where(pair => RepositoryPath().IsMatch(pair.span.Text)).ToArray();
        paths.Length.ShouldBeGreaterThan(40);
        paths.Where(pair => !Exists(pair.page, pair.span.Text)).Select(pair => $"{pair.page.Path}:{pair.span.Line} {pair.span.Text}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_that_code_names_exists()
    {
        var named = (from file in SourceTree.Code()
                     from line in file.Lines.Index()
                     from Match page in PageInCode().Matches(line.Item)
                     select (At: $"{file.Path}:{line.Index + 1}", Page: page.Value)).ToArray();
        named.ShouldNotBeEmpty();
        named.Where(reference => !File.Exists(Path.Combine(SourceTree.Root, reference.Page))).ShouldBeEmpty();
    }

    [Fact]
    public void The_index_of_decisions_lists_each_record_once_and_in_order()
    {
        var records = Pages.Where(page => RecordFile().IsMatch(page.Path)).OrderBy(page => page.Path, StringComparer.Ordinal).ToArray();
        records.Select(record => int.Parse(Path.GetFileName(record.Path).AsSpan(0, 4), null))
            .ShouldBe(Enumerable.Range(1, records.Length), "the numbers of records have no gap");
        Pages.Where(page => Path.GetDirectoryName(page.Path) == Decisions).Except(records).Select(page => Path.GetFileName(page.Path))
            .ShouldBe(["README.md"], "a page among the records has no number");
        IndexRows().ShouldBe(records.Select(record => IndexRow(record)));
    }

    [Fact]
    public void Every_decision_record_has_a_date_a_status_and_its_three_sections()
    {
        foreach (var record in Pages.Where(page => RecordFile().IsMatch(page.Path)))
        {
            var text = string.Join('\n', record.Lines);
            RecordSections().IsMatch(text).ShouldBeTrue(record.Path);
            record.Lines[0].ShouldStartWith($"# {Path.GetFileName(record.Path)[..4]}. ", Case.Sensitive, record.Path);
        }
    }

    private static IEnumerable<string> IndexRows() =>
        Pages.Single(page => page.Path == Path.Combine(Decisions, "README.md")).Lines
            .Where(line => line.StartsWith("| [", StringComparison.Ordinal));

    private static string IndexRow(MarkdownPage record)
    {
        var file = Path.GetFileName(record.Path);
        var date = record.Lines.First(line => line.StartsWith("- Date: ", StringComparison.Ordinal))["- Date: ".Length..];
        return $"| [{file[..4]}]({file}) | {record.Lines[0]["# 0000. ".Length..]} | {date} |";
    }

    private static bool Resolves(MarkdownPage page, string target)
    {
        if (ExternalAddress().IsMatch(target)) return true;
        var parts = Uri.UnescapeDataString(target).Split('#', 2);
        var path = parts[0].Length == 0 ? page.Path : Below(page, parts[0]);
        if (path is null || !(File.Exists(Full(path)) || Directory.Exists(Full(path)))) return false;
        return parts.Length == 1 || Pages.SingleOrDefault(other => other.Path == path)?.Anchors.Contains(parts[1]) == true;
    }

    private static bool Exists(MarkdownPage page, string path) =>
        (path.StartsWith('.') ? Below(page, path) : path) is { } below && Path.Exists(Full(below));

    /// <summary>Resolves a path relative to the page's folder to a path relative to the root; null when it leaves the repository.</summary>
    private static string? Below(MarkdownPage page, string relative)
    {
        var full = Path.GetFullPath(Path.Combine(SourceTree.Root, Path.GetDirectoryName(page.Path)!, relative));
        var below = Path.GetRelativePath(SourceTree.Root, full);
        return below.StartsWith("..", StringComparison.Ordinal) ? null : below;
    }

    private static string Full(string path) => Path.Combine(SourceTree.Root, path);

    [GeneratedRegex(@"^(https?|mailto):")]
    private static partial Regex ExternalAddress();

    [GeneratedRegex(@"^\s*([-*] )?(\[[^\]]*\]\([^)]*\)|<?https?://\S+)[.,]?$")]
    private static partial Regex LoneLink();

    [GeneratedRegex(@"^((src|tests|docs|tools|bench|deploy)|\.\.)/[\w./-]*$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\bdocs/[\w./-]+\.md\b")]
    private static partial Regex PageInCode();

    [GeneratedRegex(@"^docs.decisions.\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex RecordFile();

    [GeneratedRegex(
        @"^# \d{4}\. [^\n]+\n\n- Date: \d{4}-\d\d-\d\d\n- Status: (accepted|replaced by \[\d{4}\]\([^)]+\))\n\n"
        + @"## Context\n\n.+\n\n## Decision\n\n.+\n\n## Consequences\n\n.+", RegexOptions.Singleline)]
    private static partial Regex RecordSections();
}
