using Scoring.City.Rows;

namespace Scoring.City.Tests.Rows;

public sealed class NycTrafficReaderTests
{
    private const string Header = "row,issue_date,violation_time,violation_code,violation_description,vehicle_body_type\n";

    [Theory]
    [InlineData("0143A", 1, 43)]
    [InlineData("1229A", 0, 29)]
    [InlineData("0015A", 0, 15)]
    [InlineData("1229P", 12, 29)]
    [InlineData("0400P", 16, 0)]
    [InlineData("1159P", 23, 59)]
    public void Twelve_hour_times_are_read(string text, int hour, int minute) =>
        LocalTime.OfTwelveHours(text).ShouldBe(new TimeOnly(hour, minute));

    [Theory]
    [InlineData("")]
    [InlineData("0143")]
    [InlineData("1330P")]
    [InlineData("0015P")]
    [InlineData("0160A")]
    [InlineData("01:3A")]
    [InlineData(" 143A")]
    [InlineData("0143X")]
    public void An_invalid_time_becomes_noon(string text) => LocalTime.OfTwelveHours(text).ShouldBe(new TimeOnly(12, 0));

    [Fact]
    public void Camera_codes_become_camera_events_and_the_others_parking()
    {
        var file = Read(
            "1,07/10/2016,0143A,7,FAILURE TO STOP AT RED LIGHT,SUBN\n2,07/10/2016,0143A,5,BUS LANE VIOLATION,SUBN\n" +
            "3,07/10/2016,0143A,36,PHTO SCHOOL ZN SPEED VIOLATION,SUBN\n4,07/10/2016,0143A,14,,SUBN\n");
        file.Events.Take(3).ShouldAllBe(e => e.Type.StartsWith("surveillance.", StringComparison.Ordinal));
        file.Events[3].Type.ShouldBe("traffic.parking");
    }

    [Fact]
    public void Every_code_has_a_parking_group_with_or_without_a_description()
    {
        for (var code = 1; code <= 99; code++) ViolationCodes.Group(code).ShouldNotBeNullOrEmpty();
        Read("1,07/10/2016,0143A,14,,SUBN\n").Events[0].Data.ToJsonString()
            .ShouldBe(Read("1,07/10/2016,0143A,14,14-No Standing,SUBN\n").Events[0].Data.ToJsonString());
    }

    [Fact]
    public void Rows_out_of_order_give_a_file_from_its_earliest_day_to_its_latest()
    {
        var file = Read("1,07/10/2016,0143A,7,,SUBN\n2,07/08/2016,0400P,7,,SUBN\n3,07/09/2016,0400P,7,,SUBN\n");
        (file.FirstDay, file.LastDay).ShouldBe((new DateOnly(2016, 7, 8), new DateOnly(2016, 7, 10)));
    }

    [Fact]
    public void A_row_is_assigned_to_the_same_vehicle_every_time()
    {
        var rows = string.Concat(Enumerable.Range(1, 50).Select(i => $"{i},07/10/2016,0143A,7,,SUBN\n"));
        Read(rows).Events.Select(e => e.SubjectName).ShouldBe(Read(rows).Events.Select(e => e.SubjectName));
        Read(rows).Events.Take(50).Select(e => e.SubjectName).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Every_vehicle_has_a_synthetic_trip_on_every_day_and_they_are_counted_separately()
    {
        var file = Read("1,07/10/2016,0143A,7,,SUBN\n2,07/08/2016,0400P,7,,SUBN\n");
        file.Generated.ShouldBe(9);
        var trips = file.Events.Where(e => e.Type == "traffic.trip").ToArray();
        trips.Select(e => (e.SubjectName, e.Local.Date)).Distinct().Count().ShouldBe(9);
        trips.Select(e => e.Id).Distinct().Count().ShouldBe(9);
    }

    [Fact]
    public void A_row_without_a_day_is_left_out_and_counted()
    {
        var file = Read("1,13/45/2016,0143A,7,,SUBN\n2,07/08/2016,0400P,7,,SUBN\n");
        file.Skipped["invalid day"].ShouldBe(1);
        file.Events.Count(e => e.Type != "traffic.trip").ShouldBe(1);
    }

    private static RowFile Read(string rows) => RowReader.Read(new StringReader(Header + rows), new RowOptions("test", 3));
}
