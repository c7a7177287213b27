using System.Text;
using System.Text.RegularExpressions;

namespace Scoring.Languages;

/// <summary>No text of a page is written into its markup, where no language could have its own.</summary>
public sealed partial class MarkupTextTests
{
    [Fact]
    public void No_markup_holds_words()
    {
        var pages = PortalTexts.Sources.Where(source => source.Key.EndsWith(".razor", StringComparison.Ordinal)).ToArray();
        pages.Length.ShouldBeGreaterThan(15);
        pages.SelectMany(page => Find(page.Value).Select(words => $"{page.Key}: {words}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<p>Some words</p>", "Some words")]
    [InlineData("<p>@T[\"a.b\"] and more</p>", "and more")]
    [InlineData("<p>@(Is(\"a\") ? T[\"a.b\"] : \"\") tail</p>", "tail")]
    [InlineData("@if (a < b)\n{\n<p>inside</p>\n}", "inside")]
    [InlineData("<input aria-label=\"Close it\">", "Close it")]
    [InlineData("<p>文字</p>", "文字")]
    [InlineData("<p>@T[\"a.b\"] → @(x > 1 ? y : z) ·</p>", null)]
    [InlineData("<input value=\"@Form.Text(\"name\")\" class=\"wide one\">", null)]
    [InlineData("@foreach (var word in Words.Where(word => word.Length > 1))\n{\n<li>@word.Replace('-', ' ')</li>\n}", null)]
    [InlineData("@switch (kind)\n{\n    case Kind.One:\n        <b>@kind</b>\n        break;\n    default:\n        break;\n}", null)]
    public void Words_in_markup_are_found(string markup, string? words) => Find(markup).ShouldBe(words is null ? [] : [words]);

    private static IEnumerable<string> Find(string source)
    {
        var markup = CodeBlock().Replace(source, "");
        var values = new StringBuilder();
        // Attributes that people read are text too.
        foreach (Match attribute in Read().Matches(WithoutExpressions(markup)))
            values.Append('>').Append(attribute.Groups[1].Value).Append('<');
        var text = Tag().Replace(WithoutExpressions(markup), "\n") + values;
        return text.Split('\n', '<', '>').Select(line => line.Trim()).Where(line => Letters().IsMatch(line) && !Statement().IsMatch(line));
    }

    /// <summary>Takes out what Razor evaluates: from an at sign to the end of the expression, with all that its brackets hold.</summary>
    private static string WithoutExpressions(string markup)
    {
        var text = new StringBuilder();
        for (var i = 0; i < markup.Length; i++)
        {
            if (markup[i] != '@') text.Append(markup[i]);
            else i = EndOf(markup, i + 1) - 1;
        }
        return text.ToString();
    }

    private static int EndOf(string markup, int at)
    {
        if (Directive().Match(markup, at) is { Success: true } directive) return directive.Index + directive.Length;
        while (at < markup.Length)
        {
            if (markup[at] is '(' or '[') at = Closed(markup, at);
            else if (char.IsLetterOrDigit(markup[at]) || markup[at] == '_') at++;
            else if (Access().Match(markup, at) is { Success: true } access) at += access.Length;
            else if (Head().Match(markup, at) is { Success: true } head) at = head.Index + head.Length;
            else break;
        }
        return at;
    }

    private static int Closed(string markup, int at)
    {
        var depth = 0;
        var isText = false;
        for (; at < markup.Length; at++)
        {
            if (markup[at] == '"') isText = !isText;
            if (isText) continue;
            if (markup[at] is '(' or '[') depth++;
            if (markup[at] is ')' or ']' && --depth == 0) return at + 1;
        }
        return at;
    }

    [GeneratedRegex(@"^@code\s*\{.*", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\G(?:page|attribute|inherits|inject|using|layout|implements|typeparam|namespace)\b[^\n]*")]
    private static partial Regex Directive();

    // "if (", "foreach (" and the like, whose bracket follows a blank.
    [GeneratedRegex(@"\G(?<=@(?:if|foreach|for|switch|while|using|lock)) (?=\()")]
    private static partial Regex Head();

    [GeneratedRegex(@"\G[!?]?\.(?=[A-Za-z])")]
    private static partial Regex Access();

    [GeneratedRegex("<code>[^<]*</code>|<[^>]*>")] // a name in code is the same in all languages
    private static partial Regex Tag();

    [GeneratedRegex("(?:aria-label|title|alt|placeholder|Label|Hint|Title|Text|Caption)=\"([^\"]+)\"")]
    private static partial Regex Read();

    [GeneratedRegex(@"[A-Za-z]{2}|\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Letters();

    // A statement of C#, or a name that is the same in all languages.
    [GeneratedRegex(
        @"^(else\b.*|(if|for|foreach|while|switch) \(.*\)|case .*:|default:|break;|var .*;|\w+(\.\w+)* [+-]?= .*;|\w+\+\+;|UTC)$")]
    private static partial Regex Statement();
}
