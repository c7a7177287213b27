using Scoring.Scores;

namespace Scoring.Subjects;

public sealed class RecentAnswersTests
{
    private static readonly DateOnly Day = new(2026, 6, 15);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void The_latest_answers_are_kept_up_to_the_limit(int countMax)
    {
        var answers = new RecentAnswers(countMax);
        for (var last = 1; last <= 10; last++)
        {
            answers.Keep(last, Day, new ScoreValue(last, "silver"));
            for (var turn = 1; turn <= 11; turn++)
                (answers.Find(turn, Day)?.Score).ShouldBe(turn <= last && turn > last - countMax ? turn : null, $"{turn} of {last}");
        }
        answers.Find(10, Day.AddDays(1)).ShouldBeNull();
        answers.Clear();
        answers.Find(10, Day).ShouldBeNull();
        answers.Keep(11, Day, new ScoreValue(11, "silver"));
        (answers.Find(11, Day)?.Score).ShouldBe(countMax == 0 ? null : 11);
    }
}
