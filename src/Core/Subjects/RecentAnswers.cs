using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>Keeps the latest scores of one subject, so that a repeated query within an answer's validity computes nothing.</summary>
/// <param name="countMax">The greatest number of scores; 0 keeps none.</param>
internal sealed class RecentAnswers(int countMax)
{
    // Most subjects are asked once in the life of an answer, so the array grows one by one. Once it is full, it is a ring.
    private (long Turn, DateOnly Day, ScoreValue Score)[] _answers = [];
    private int _next;

    /// <summary>The score below a turn on a day; <see langword="null"/> when it is not kept.</summary>
    public ScoreValue? Find(long turn, DateOnly day)
    {
        foreach (var answer in _answers)
            if (answer.Turn == turn && answer.Day == day) return answer.Score;
        return null;
    }

    /// <summary>Keeps a score and drops the oldest one beyond the limit.</summary>
    public void Keep(long turn, DateOnly day, ScoreValue score)
    {
        if (countMax == 0) return;
        if (_answers.Length < countMax)
        {
            Array.Resize(ref _answers, _answers.Length + 1);
            _answers[^1] = (turn, day, score);
            return;
        }
        _answers[_next] = (turn, day, score);
        _next = (_next + 1) % countMax;
    }

    /// <summary>Drops all scores.</summary>
    public void Clear()
    {
        _answers = [];
        _next = 0;
    }
}
