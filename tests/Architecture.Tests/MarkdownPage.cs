using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>A Markdown page of the repository: its prose, links, code spans and anchors.</summary>
/// <param name="Path">The file's path relative to the root.</param>
/// <param name="Lines">Its lines.</param>
internal sealed partial record MarkdownPage(string Path, string[] Lines)
{
    private static readonly string[] Generated = ["artifacts", "bin", "obj"];

    /// <summary>The lines outside code blocks and tables, each with its number, from 1.</summary>
    public IReadOnlyList<(int Number, string Text)> Prose { get; } =
        [.. OutsideCode(Lines).Where(line => !line.Text.TrimStart().StartsWith('|'))];

    /// <summary>The targets of links, those in tables included.</summary>
    public IReadOnlyList<(int Line, string Target)> Links { get; } =
        [.. OutsideCode(Lines).SelectMany(line => Link().Matches(CodeSpan().Replace(line.Text, "`"))
            .Select(found => (line.Number, found.Groups["target"].Value)))];

    /// <summary>The text of code spans, those in tables included.</summary>
    public IReadOnlyList<(int Line, string Text)> CodeSpans { get; } =
        [.. OutsideCode(Lines).SelectMany(line => CodeSpan().Matches(line.Text)
            .Select(found => (line.Number, found.Groups["code"].Value)))];

    /// <summary>
    /// The anchors that a link may name after the number sign: the headings in the form that Git web front ends give them.
    /// </summary>
    public IReadOnlySet<string> Anchors { get; } = AnchorsOf(Lines);

    /// <summary>Returns every page of the repository; hidden folders and build output are left out.</summary>
    public static IEnumerable<MarkdownPage> All() =>
        Below(SourceTree.Root).Found("pages")
            .Select(file => new MarkdownPage(System.IO.Path.GetRelativePath(SourceTree.Root, file), File.ReadAllLines(file)));

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(
            Directory.EnumerateDirectories(folder)
                .Where(child => System.IO.Path.GetFileName(child) is var name && name[0] != '.' && !Generated.Contains(name))
                .SelectMany(Below));

    private static IEnumerable<(int Number, string Text)> OutsideCode(string[] lines)
    {
        var fence = "";
        foreach (var (index, line) in lines.Index())
        {
            var mark = Fence().Match(line).Groups["mark"].Value;
            if (fence.Length == 0 && mark.Length == 0) yield return (index + 1, line);
            else if (fence.Length == 0) fence = mark;
            else if (mark.StartsWith(fence, StringComparison.Ordinal)) fence = "";
        }
    }

    private static HashSet<string> AnchorsOf(string[] lines)
    {
        var anchors = new HashSet<string>();
        foreach (var (_, line) in OutsideCode(lines))
        {
            var heading = Heading().Match(line);
            if (!heading.Success) continue;
            var text = LinkText().Replace(heading.Groups["text"].Value, "$1").Trim().ToLowerInvariant();
            var slug = NotInAnchors().Replace(text, "").Replace(' ', '-');
            var anchor = slug;
            for (var copy = 1; !anchors.Add(anchor); copy++) anchor = $"{slug}-{copy}";
        }
        return anchors;
    }

    [GeneratedRegex(@"^\s*(?<mark>`{3,}|~{3,})")]
    private static partial Regex Fence();

    [GeneratedRegex(@"`(?<code>[^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(?:\s+""[^""]*"")?\)|^\[[^\]]+\]:\s+(?<target>\S+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6}\s+(?<text>.+?)\s*#*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
