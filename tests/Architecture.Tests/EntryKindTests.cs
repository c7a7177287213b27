using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>Statements of the silo take the numbers of entry kinds from the enumeration, so none writes such a number itself.</summary>
public sealed partial class EntryKindTests
{
    [Fact]
    public void No_statement_of_the_silo_writes_an_entry_kind_as_a_number()
    {
        var silo = SourceTree.Code().Where(code => code.Path.StartsWith(Path.Combine("src", "Silo"), StringComparison.Ordinal)).ToArray();
        silo.Length.ShouldBeGreaterThan(80);
        silo.Where(code => KindAsNumber().IsMatch(string.Join('\n', code.Lines))).Select(code => code.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("WHERE kind = 1", true)]
    [InlineData("e.kind <> 0", true)]
    [InlineData("kind NOT IN (0, 7, 17)", true)]
    [InlineData("2::smallint AS kind", true)]
    [InlineData("kind = {EntryKindSql.Event}", false)]
    [InlineData("kind = ANY ($5)", false)]
    [InlineData("if (kind != 0)", false)]
    public void A_kind_that_is_written_as_a_number_is_found(string text, bool isFound) => KindAsNumber().IsMatch(text).ShouldBe(isFound);

    [GeneratedRegex(@"\bkind\s*(=|<>|(NOT\s+)?IN\s*\()\s*\d|\d+(::\w+)?\s+AS\s+kind\b")]
    private static partial Regex KindAsNumber();
}
