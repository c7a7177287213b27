using Scoring.City.Rows;

namespace Scoring.City.Tests.Rows;

public sealed class LocalTimeTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void A_time_in_the_gap_of_spring_moves_on_by_the_gap() =>
        LocalTime.At(new DateTime(2020, 3, 29, 2, 30, 0), Berlin)
            .ShouldBe(new DateTimeOffset(2020, 3, 29, 3, 30, 0, TimeSpan.FromHours(2)));

    [Fact]
    public void A_time_that_occurs_twice_is_the_first_one() =>
        LocalTime.At(new DateTime(2020, 10, 25, 2, 30, 0), Berlin).UtcDateTime.ShouldBe(new DateTime(2020, 10, 25, 0, 30, 0));

    [Fact]
    public void Every_minute_of_a_year_stays_on_its_day()
    {
        for (var at = new DateTime(2020, 1, 1); at.Year == 2020; at = at.AddMinutes(13))
            LocalTime.DayOf(LocalTime.At(at, Berlin), Berlin).ShouldBe(DateOnly.FromDateTime(at));
    }
}
