using Scoring.Client;

namespace Scoring.Audit;

public sealed class HistoryTableTests
{
    private static readonly DateOnly Day = new(2026, 11, 30);

    [Theory]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    public void A_text_is_no_formula(string text, string field) => HistoryTable.Field(text).ShouldBe(field);

    [Fact]
    public void A_row_has_the_sum_of_the_points_as_a_number_and_no_field_of_a_source_is_a_formula()
    {
        var given = new Client.AuditedContribution(
            "=type", "counts", [new("fast", -8), new("-calm", 3)], ContestedBy: 7, CorrectedBy: null);
        HistoryTable.Rows([new AuditedHistoryEntry(3, Client.EntryKind.Event, Day, "=1+1", given)])
            .ShouldBe("3,event,2026-11-30,'=type,counts,-5,fast -8; -calm 3,7,,'=1+1\r\n");
        HistoryTable.Rows([new AuditedHistoryEntry(4, Client.EntryKind.Unknown, Day, "", null)]).ShouldBe("4,,2026-11-30,,,,,,,\r\n");
    }
}
