using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>Keeps the latest scores of one subject, so that a repeated query within an answer's validity computes nothing.</summary>
/// <param name="countMax">The greatest number of scores; 0 keeps none.</param>
internal sealed class RecentAnswers(int countMax)
{
    private readonly Queue<(long Turn, DateOnly Day, ScoreValue Score)> _answers = new();

    /// <summary>The score below a turn on a day; <see langword="null"/> when it is not kept.</summary>
    public ScoreValue? Find(long turn, DateOnly day)
    {
        foreach (var answer in _answers)
            if (answer.Turn == turn && answer.Day == day) return answer.Score;
        return null;
    }

    /// <summary>Keeps a score and drops the oldest ones beyond the limit.</summary>
    public void Keep(long turn, DateOnly day, ScoreValue score)
    {
        if (countMax == 0) return;
        while (_answers.Count >= countMax) _answers.Dequeue();
        _answers.Enqueue((turn, day, score));
    }

    /// <summary>Drops all scores.</summary>
    public void Clear() => _answers.Clear();
}
