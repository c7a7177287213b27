using System.Text.Json;
using Scoring.Bench.Loads;
using Scoring.Verify.Scores;

namespace Scoring.Bench.Histories;

/// <summary>The scores of the first people, computed by the verifier's own code from the events that were accepted.</summary>
public sealed class ExpectedScores(ProgrammeDocument programme, int people)
{
    private readonly List<CountedEvent>[] _events = [.. Enumerable.Range(0, people).Select(_ => new List<CountedEvent>())];

    /// <summary>Adds events that count.</summary>
    public void Add(EventRound round)
    {
        foreach (var (person, one) in round.OfTheFirst(people)) _events[person].Add(one);
    }

    /// <summary>Counts the answers of the first people with another status, score or tier.</summary>
    public int CountWrong(IEnumerable<LoadAnswer> answers) => answers.Zip(_events).Count(pair => !IsRight(pair.First, pair.Second));

    private bool IsRight(LoadAnswer answer, List<CountedEvent> events)
    {
        if (answer.Status != 200) return false;
        using var body = JsonDocument.Parse(answer.Body);
        var expected = SlowScore.Of(programme, programme.Today, events);
        return body.RootElement.GetProperty("score").GetInt64() == expected.Score
            && body.RootElement.GetProperty("tier").GetString() == expected.Tier;
    }
}
