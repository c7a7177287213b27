using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>Checks that <c>docs/verify.md</c> lists every finding that the verifier refuses or notes, and no other.</summary>
public sealed partial class VerifyPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(SourceTree.Root, "docs", "verify.md"));

    private static readonly string Tool = string.Join(
        '\n', SourceTree.Code().Where(code => code.Path.StartsWith(Path.Combine("tools", "Verify"), StringComparison.Ordinal))
            .SelectMany(code => code.Lines));

    [Fact]
    public void Each_finding_that_refuses_has_a_row()
    {
        var refusing = Codes(Refusing());
        refusing.Length.ShouldBeGreaterThan(30);
        var rows = Page.SkipWhile(line => line != "| code | fails when |").Skip(2).TakeWhile(line => line.Length > 0);
        rows.Select(row => row.Split('`')[1]).Order(StringComparer.Ordinal).ShouldBe(refusing);
    }

    [Fact]
    public void Each_note_is_named()
    {
        var notes = Codes(Noting());
        notes.Length.ShouldBeGreaterThan(5);
        notes.Where(code => !Page.Any(line => line.Contains($"`{code}`", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static string[] Codes(Regex pattern) =>
        [.. pattern.Matches(Tool).Select(found => found.Groups["code"].Value).Distinct().Order(StringComparer.Ordinal)];

    // The code is the first argument of Fail. In Check it is the first argument that is a string literal of this shape.
    [GeneratedRegex("""findings\.(?:Fail\(\s*|Check\([^;]*?)"(?<code>[a-z]+(?:-[a-z]+)*)",""")]
    private static partial Regex Refusing();

    [GeneratedRegex("""findings\.Note\(\s*"(?<code>[a-z]+(?:-[a-z]+)*)",""")]
    private static partial Regex Noting();
}
