namespace Scoring.Programmes;

/// <summary>Days in a programme's zone.</summary>
public sealed class ProgrammeDaysTests
{
    [Theory]
    [InlineData("2027-03-01", "Asia/Shanghai", "2027-03-01T16:00:00Z")]
    [InlineData("2027-03-27", "Europe/Berlin", "2027-03-27T23:00:00Z")] // the night before the clocks change
    [InlineData("2027-03-28", "Europe/Berlin", "2027-03-28T22:00:00Z")]
    public void A_day_ends_at_midnight_of_its_zone(string day, string zone, string end)
    {
        var instant = ProgrammeDays.EndOf(ProgrammeDays.Parse(day)!.Value, zone);
        instant.UtcDateTime.ShouldBe(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime);
        ProgrammeDays.Format(ProgrammeDays.LastDay(instant, zone)!.Value).ShouldBe(day);
        ProgrammeDays.LastDay(instant.AddSeconds(1), zone).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.3.2027")]
    [InlineData("2027-02-30")]
    public void A_text_of_another_form_is_no_day(string text) => ProgrammeDays.Parse(text).ShouldBeNull();
}
