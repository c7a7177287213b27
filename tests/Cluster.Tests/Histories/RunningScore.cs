using System.Numerics;
using Scoring.Verify.Scores;

namespace Scoring.Histories;

/// <summary>
/// A score to which events are added one by one. It is as far from the platform's code as <see cref="SlowScore"/>, and gives the same, but
/// it does not read all events again for each answer.
/// </summary>
internal sealed class RunningScore(ProgrammeDocument programme)
{
    private readonly Dictionary<(DateOnly Day, string Rule), BigInteger> _points = [];

    /// <summary>Adds an event.</summary>
    public void Add(CountedEvent counted)
    {
        foreach (var rule in programme.InForce(counted.Day).Rules)
        {
            var points = RuleReading.Points(rule, counted);
            if (points.IsZero) continue;
            var place = (counted.Day, rule.GetProperty("id").GetString()!);
            _points[place] = _points.GetValueOrDefault(place) + points;
        }
    }

    /// <summary>Returns the score and the tier on a day.</summary>
    public (long Score, string Tier) On(DateOnly today)
    {
        var sum = programme.InForce(today).Rules.Sum(rule => Worth(rule.GetProperty("id").GetString()!, today));
        var score = Math.Clamp(programme.Floor + sum, programme.Floor, programme.Ceiling);
        return (score, programme.TierOf(score, today));
    }

    private long Worth(string id, DateOnly today)
    {
        var sum = BigInteger.Zero;
        foreach (var ((day, _), points) in _points.Where(point => point.Key.Rule == id))
        {
            var rule = Rule(day, id);
            var age = today.DayNumber - day.DayNumber;
            if (age < 0 || age >= rule.GetProperty("windowDays").GetInt32()) continue;
            var cap = rule.GetProperty("capPerDay").GetInt64();
            sum += BigInteger.Clamp(points, -cap, cap) * SlowScore.Factor(age, rule.GetProperty("halfLifeDays").GetInt32());
        }
        var capPerWindow = Rule(today, id).GetProperty("capPerWindow").GetInt64();
        // A shift to the right rounds towards minus infinity, as the rules ask for.
        return (long)BigInteger.Clamp(sum >> 32, -capPerWindow, capPerWindow);
    }

    private System.Text.Json.JsonElement Rule(DateOnly day, string id) =>
        programme.InForce(day).Rules.Single(rule => rule.GetProperty("id").GetString() == id);
}
