using System.Text.Json.Nodes;
using Scoring.Bench.Ingest;
using Scoring.Bench.Loads;
using Scoring.City.People;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.Bench.Histories;

/// <summary>Trips of random people, of which it is known which is whose.</summary>
public sealed class EventRound
{
    private readonly List<int> _people = [];
    private readonly DateOnly _day;

    /// <summary>Makes the events of a round. The same round makes the same events.</summary>
    /// <param name="people">Whom they are about.</param>
    /// <param name="programme">The programme.</param>
    /// <param name="events">How many events.</param>
    /// <param name="batch">How many events a request holds.</param>
    /// <param name="round">A number that makes the ids differ from those of other rounds.</param>
    public EventRound(IReadOnlyList<Resident> people, ProgrammeDocument programme, int events, int batch, int round)
    {
        var now = TimeProvider.System.GetUtcNow();
        _day = LocalTime.DayOf(now, programme.Zone);
        Batches = PreparedBatches.Create(
            draw =>
            {
                _people.Add(draw.Next(people.Count));
                return people[_people[^1]];
            },
            events, now, programme.Zone, round, batch);
    }

    /// <summary>The bodies of the requests, and how many events each holds.</summary>
    public IReadOnlyList<(byte[] Json, int Events)> Batches { get; }

    /// <summary>How many events there are.</summary>
    public int Count => _people.Count;

    /// <summary>Counts the events of each person in the requests that were answered with 202.</summary>
    /// <param name="answers">The answers, in the order of the requests.</param>
    /// <param name="people">How many people there are.</param>
    public long[] Accepted(IReadOnlyList<LoadAnswer> answers, int people)
    {
        var counts = new long[people];
        var next = 0;
        foreach (var (answer, batch) in answers.Zip(Batches))
        {
            foreach (var person in _people.GetRange(next, batch.Events))
                if (answer.Status == 202) counts[person]++;
            next += batch.Events;
        }
        return counts;
    }

    /// <summary>Returns the events about the first people, as the verifier's code counts them.</summary>
    public IEnumerable<(int Person, CountedEvent Event)> OfTheFirst(int people)
    {
        var next = 0;
        foreach (var (json, events) in Batches)
        {
            var whose = _people.GetRange(next, events);
            next += events;
            if (!whose.Exists(person => person < people)) continue;
            var parsed = JsonNode.Parse(json)!;
            foreach (var (person, one) in whose.Zip(parsed is JsonArray list ? list.AsEnumerable() : [parsed]))
                if (person < people) yield return (person, Counted(one!));
        }
    }

    private CountedEvent Counted(JsonNode one)
    {
        var data = one["data"]!.DeepClone().AsObject();
        data.Remove("programme");
        data.Remove("handle");
        return new CountedEvent(one["type"]!.GetValue<string>(), _day, data);
    }
}
