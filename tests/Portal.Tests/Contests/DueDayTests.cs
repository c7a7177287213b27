using Scoring.Languages;

namespace Scoring.Contests;

/// <summary>Counting down to a due day.</summary>
public sealed class DueDayTests
{
    [Theory]
    [InlineData(12, "12 days left")]
    [InlineData(1, "1 day left")]
    [InlineData(0, "Today is the last day")]
    [InlineData(-1, "The due day is past")]
    public void The_due_day_is_the_last_day_on_which_a_decision_counts(int days, string expected)
    {
        var today = new DateOnly(2026, 12, 31);
        DueDay.Left(today.AddDays(days), today, new Texts(Language.All[0])).ShouldBe(expected);
    }
}
