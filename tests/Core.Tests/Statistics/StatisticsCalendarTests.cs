using System.Collections.Immutable;
using Scoring.Programmes;
using Scoring.Testing;

namespace Scoring.Statistics;

public sealed class StatisticsCalendarTests
{
    [Theory]
    [InlineData("2026-03", "2026-03-01", "2026-03-31")]
    [InlineData("2028-02", "2028-02-01", "2028-02-29")]
    [InlineData("0001-01", "0001-01-01", "0001-01-31")]
    [InlineData("9998-12", "9998-12-01", "9998-12-31")]
    public void A_month_is_read_and_printed(string text, string first, string last)
    {
        StatisticsMonth.TryParse(text, out var month).ShouldBeTrue();
        month.ToString().ShouldBe(text);
        (month.First, month.Last).ShouldBe((Day(first), Day(last)));
        month.Next.First.ShouldBe(month.Last.AddDays(1));
        foreach (var day in new[] { month.First, month.Last }) StatisticsMonth.Of(day).ShouldBe(month);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-3")]
    [InlineData("26-03")]
    [InlineData("2026-03-01")]
    [InlineData(" 2026-03")]
    [InlineData("2026-03 ")]
    [InlineData("٢٠٢٦-03")]
    [InlineData("0000-01")]
    [InlineData("9999-01")]
    public void Anything_else_is_no_month(string? text) => StatisticsMonth.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_month_is_made_when_the_longest_lateness_and_a_day_are_over()
    {
        StatisticsCalendar.From(Versions((2026, 30, 730)), Month("2026-03")).ShouldBe(Day("2026-05-02"));
        StatisticsCalendar.From(Versions((2026, 1, 730)), Month("2026-03")).ShouldBe(Day("2026-04-03"));
        StatisticsCalendar.From(Versions((2025, 90, 730), (2026, 1, 730)), Month("2026-03")).ShouldBe(Day("2026-07-01"), "any version's");
    }

    [Fact]
    public void Months_due_are_those_since_the_first_day_without_expired_days_oldest_first()
    {
        StatisticsCalendar.Due(Versions((2026, 30, 730)), Day("2026-05-01")).ShouldBe([Month("2026-01"), Month("2026-02")]);
        StatisticsCalendar.Due(Versions((2026, 30, 730)), Day("2026-05-02")).Last().ShouldBe(Month("2026-03"));
        // 730 days and a margin of 3: on 3 January 2028 all of January 2026 is kept, and a day later its first day has expired.
        StatisticsCalendar.Due(Versions((2026, 30, 730)), Day("2028-01-03")).First().ShouldBe(Month("2026-01"));
        StatisticsCalendar.Due(Versions((2026, 30, 730)), Day("2028-01-04")).First().ShouldBe(Month("2026-02"));
        StatisticsCalendar.Due(Versions((2026, 30, 31)), Day("2027-06-01")).ShouldBeEmpty("they expire before statistics can be made");
    }

    [Fact]
    public void A_programmes_first_month_has_statistics_and_the_one_before_has_none()
    {
        var versions = Versions((2026, 30, 730));
        StatisticsCalendar.HasBegun(versions, Month("2026-01")).ShouldBeTrue();
        StatisticsCalendar.HasBegun(versions, Month("2025-12")).ShouldBeFalse();
    }

    [Fact]
    public void Every_type_that_a_version_took_in_the_month_is_listed()
    {
        var versions = Versions((2026, 30, 730), (2027, 30, 730));
        versions = [With(versions[0], "b.gone", "a.both"), With(versions[1], "a.both", "c.new")];
        StatisticsCalendar.EventTypes(versions, Month("2026-06")).ShouldBe(["a.both", "b.gone"]);
        StatisticsCalendar.EventTypes(versions, Month("2026-12")).ShouldBe(["a.both", "b.gone"]);
        StatisticsCalendar.EventTypes(versions, Month("2027-01")).ShouldBe(["a.both", "c.new"]);
        var middle = versions[1] with { RuleSet = versions[1].RuleSet with { FirstDay = Day("2027-01-02") } };
        StatisticsCalendar.EventTypes([versions[0], middle], Month("2027-01")).ShouldBe(["a.both", "b.gone", "c.new"]);
    }

    private static ProgrammeVersion With(ProgrammeVersion version, params string[] types) =>
        version with { Terms = version.Terms with { EventTypes = [.. types] } };

    /// <summary>Versions that each begin on the first day of a year.</summary>
    internal static ImmutableArray<ProgrammeVersion> Versions(params (int Year, int Lateness, int Retention)[] versions) =>
    [
        .. versions.Select((version, index) =>
        {
            var one = TestProgrammes.Documents.VersionsOf(TestProgrammes.Vehicles)[0];
            var rule = one.RuleSet.Rules[0] with { WindowDays = 30 };
            return one with
            {
                RuleSet = one.RuleSet with { Number = index + 1, FirstDay = new DateOnly(version.Year, 1, 1), Rules = [rule] },
                Terms = one.Terms with { LatenessDaysMax = version.Lateness, RetentionDays = version.Retention },
            };
        }),
    ];

    internal static StatisticsMonth Month(string text)
    {
        StatisticsMonth.TryParse(text, out var month).ShouldBeTrue();
        return month;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
