using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Scoring.Architecture;

/// <summary>
/// Checks that every sentence of the verifier's reports is in each of its languages, with the same places for values, and no other.
/// </summary>
public sealed partial class VerifySentenceTests
{
    public static TheoryData<string> Languages =>
        [.. Directory.GetFiles(Path.Combine(SourceTree.Root, "tools", "Verify", "Reports"), "*.json")];

    [Theory, MemberData(nameof(Languages))]
    public void Each_sentence_is_in_the_language_and_no_other(string file)
    {
        var sentences = Sentences();
        sentences.Count.ShouldBeGreaterThan(80);
        Read(file).Keys.Order(StringComparer.Ordinal).ShouldBe(sentences.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Languages))]
    public void A_sentence_has_the_same_places_in_both_languages(string file) =>
        Read(file).Where(sentence => Places(sentence.Key) != Places(sentence.Value)).Select(sentence => sentence.Key).ShouldBeEmpty();

    private static Dictionary<string, string> Read(string file) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!;

    private static string Places(string sentence) =>
        string.Join(' ', Place().Matches(sentence).Select(found => found.Value).Order(StringComparer.Ordinal));

    /// <summary>Every text in the verifier's checks that reads like a sentence: a capital or a value first, a full stop last.</summary>
    private static HashSet<string> Sentences() =>
    [
        .. from file in SourceFile.All
           where file.Path.StartsWith("tools/Verify/", StringComparison.Ordinal)
               && !file.Path.StartsWith("tools/Verify/Commands/", StringComparison.Ordinal)
           from node in file.Syntax.DescendantNodes().OfType<ExpressionSyntax>()
           where node.Parent is not BinaryExpressionSyntax && (node.IsKind(SyntaxKind.StringLiteralExpression)
               || node is InterpolatedStringExpressionSyntax || node.IsKind(SyntaxKind.AddExpression))
           let values = new Counter()
           let text = Text(node, values)
           where text is not null && Shape().IsMatch(text)
           select text,
    ];

    /// <summary>The text with a numbered place for each value; <see langword="null"/> when it is not made of texts alone.</summary>
    private static string? Text(SyntaxNode node, Counter values) => node switch
    {
        LiteralExpressionSyntax literal => literal.Token.Value as string,
        BinaryExpressionSyntax sum => Text(sum.Left, values) is { } left && Text(sum.Right, values) is { } right ? left + right : null,
        InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents.Select(part =>
            part is InterpolatedStringTextSyntax words
                ? words.TextToken.ValueText
                : string.Create(CultureInfo.InvariantCulture, $"{{{values.Next++}}}"))),
        _ => null,
    };

    private sealed class Counter
    {
        public int Next { get; set; }
    }

    [GeneratedRegex(@"^(?:[A-Z]|\{0\})[^\n]* [^\n]*\.$")]
    private static partial Regex Shape();

    [GeneratedRegex(@"\{[0-9]\}")]
    private static partial Regex Place();
}
