using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Scoring.Architecture;

/// <summary>Reads the summaries of properties as text for a table.</summary>
internal static partial class SummaryText
{
    private static readonly Lazy<ILookup<string, ClassDeclarationSyntax>> Classes = new(() =>
        SourceFile.Nodes<ClassDeclarationSyntax>().Where(found => found.File.Path.StartsWith("src/", StringComparison.Ordinal))
            .ToLookup(found => found.Node.Identifier.Text, found => found.Node));

    /// <summary>
    /// Returns the summary of a property without the sentence that repeats default and range; empty when there is no summary.
    /// </summary>
    public static string Of(Type type, string property)
    {
        var comment = Classes.Value[type.Name].SelectMany(node => node.Members.OfType<PropertyDeclarationSyntax>())
            .Where(member => member.Identifier.Text == property)
            .Select(member => member.GetLeadingTrivia().ToString()).FirstOrDefault() ?? "";
        var lines = comment.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("///", StringComparison.Ordinal));
        var summary = Summary().Match(string.Join(' ', lines.Select(line => line[3..].Trim()))).Groups["text"].Value;
        var text = Code().Replace(Reference().Replace(summary, "`${name}`"), "`${text}`").Replace("|", "\\|", StringComparison.Ordinal);
        return Spaces().Replace(Repeated().Replace(text, ""), " ").Trim().Replace("&lt;", "<", StringComparison.Ordinal);
    }

    [GeneratedRegex("<summary>(?<text>.*?)</summary>")]
    private static partial Regex Summary();

    [GeneratedRegex("""<(see|paramref) (cref|name|langword)="(\w+\.)*(?<name>\w+)"\s*/>""")]
    private static partial Regex Reference();

    [GeneratedRegex("<c>(?<text>.*?)</c>")]
    private static partial Regex Code();

    [GeneratedRegex(@"\bDefault (`[^`]*`|[\w,]+( \w+)?)(; [\d,]+( \w+)? to [\d,]+( \w+)?)?(, both included)?\.(?= |$)")]
    private static partial Regex Repeated();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
