using Scoring.City.Rows;

namespace Scoring.City.Tests.Rows;

public sealed class ChicagoInspectionReaderTests
{
    private const string Header = "id,date,premises,facility_type,inspection_type,risk,result,violation_codes\n";

    [Theory]
    [InlineData("Pass", "pass")]
    [InlineData("Pass w/ Conditions", "pass-with-conditions")]
    [InlineData("Fail", "fail")]
    [InlineData("No Entry", "no-entry")]
    [InlineData("Not Ready", "not-ready")]
    [InlineData("Out of Business", "out-of-business")]
    public void Each_result_has_its_code(string word, string code) =>
        Read($"1,03/06/2020,9c51166c8623da68,Restaurant,Canvass,Risk 1 (High),{word},55\n")
            .Events[0].Data["result"]!.GetValue<string>().ShouldBe(code);

    [Fact]
    public void An_unknown_result_is_left_out_and_counted()
    {
        var file = Read("1,03/06/2020,9c51166c8623da68,Restaurant,Canvass,Risk 1 (High),Maybe,55\n");
        file.Events.ShouldBeEmpty();
        file.Skipped["unknown result"].ShouldBe(1);
    }

    [Fact]
    public void Rows_get_noon_as_time_and_premises_are_merchants()
    {
        var file = Read(
            "1,03/06/2020,9c51166c8623da68,Restaurant,Canvass,Risk 1 (High),Pass,\n" +
            "2,03/06/2020,9c51166c8623da68,Restaurant,Canvass,Risk 1 (High),Fail,3\n");
        file.Events[0].Local.ShouldBe(new DateTime(2020, 3, 6, 12, 0, 0));
        file.People.ShouldHaveSingleItem();
        file.Events[0].Data.ToJsonString().ShouldNotContain("9c51166c8623da68");
    }

    private static RowFile Read(string rows) => RowReader.Read(new StringReader(Header + rows), new RowOptions("test", 3));
}
