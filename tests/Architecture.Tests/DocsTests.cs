using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>The pages of the repository lead where they say, are of one width, and name files that exist.</summary>
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
        links.Where(one => !Resolves(one.page, one.link.Target)).Select(one => $"{one.page.Path}:{one.link.Line} {one.link.Target}")
            .ShouldBeEmpty();
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
            .Where(one => RepositoryPath().IsMatch(one.span.Text)).ToArray();
        paths.Length.ShouldBeGreaterThan(40);
        paths.Where(one => !Exists(one.page, one.span.Text)).Select(one => $"{one.page.Path}:{one.span.Line} {one.span.Text}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_that_code_names_exists()
    {
        var named = (from file in Repository.Code()
                     from line in file.Lines.Index()
                     from Match page in PageInCode().Matches(line.Item)
                     select (At: $"{file.Path}:{line.Index + 1}", Page: page.Value)).ToArray();
        named.ShouldNotBeEmpty();
        named.Where(one => !File.Exists(Path.Combine(Repository.Root, one.Page))).ShouldBeEmpty();
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
            RecordForm().IsMatch(text).ShouldBeTrue(record.Path);
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
        if (Elsewhere().IsMatch(target)) return true;
        var parts = Uri.UnescapeDataString(target).Split('#', 2);
        var path = parts[0].Length == 0 ? page.Path : Below(page, parts[0]);
        if (path is null || !(File.Exists(Full(path)) || Directory.Exists(Full(path)))) return false;
        return parts.Length == 1 || Pages.SingleOrDefault(other => other.Path == path)?.Anchors.Contains(parts[1]) == true;
    }

    private static bool Exists(MarkdownPage page, string path) =>
        (path.StartsWith('.') ? Below(page, path) : path) is { } below && Path.Exists(Full(below));

    /// <summary>The path below the root that a path relative to the page's folder means; null when it leaves the repository.</summary>
    private static string? Below(MarkdownPage page, string relative)
    {
        var full = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path)!, relative));
        var below = Path.GetRelativePath(Repository.Root, full);
        return below.StartsWith("..", StringComparison.Ordinal) ? null : below;
    }

    private static string Full(string path) => Path.Combine(Repository.Root, path);

    [GeneratedRegex(@"^(https?|mailto):")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"^\s*([-*] )?(\[[^\]]*\]\([^)]*\)|<?https?://\S+)[.,]?$")]
    private static partial Regex LoneLink();

    [GeneratedRegex(@"^((src|tests|docs|tools|bench)|\.\.)/[\w./-]*$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\bdocs/[\w./-]+\.md\b")]
    private static partial Regex PageInCode();

    [GeneratedRegex(@"^docs.decisions.\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex RecordFile();

    [GeneratedRegex(
        @"^# \d{4}\. [^\n]+\n\n- Date: \d{4}-\d\d-\d\d\n- Status: (accepted|replaced by \[\d{4}\]\([^)]+\))\n\n"
        + @"## Context\n\n.+\n\n## Decision\n\n.+\n\n## Consequences\n\n.+", RegexOptions.Singleline)]
    private static partial Regex RecordForm();
}
