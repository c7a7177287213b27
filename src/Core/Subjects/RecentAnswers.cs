using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>The latest answers of one subject, so that asking again within an answer's validity folds nothing anew.</summary>
internal sealed class RecentAnswers(int countMax)
{
    private readonly Queue<(long Turn, DateOnly Day, ScoreValue Score)> _answers = new();

    public ScoreValue? Find(long turn, DateOnly day)
    {
        foreach (var answer in _answers)
            if (answer.Turn == turn && answer.Day == day) return answer.Score;
        return null;
    }

    public void Keep(long turn, DateOnly day, ScoreValue score)
    {
        if (countMax == 0) return;
        while (_answers.Count >= countMax) _answers.Dequeue();
        _answers.Enqueue((turn, day, score));
    }

    public void Clear() => _answers.Clear();
}
