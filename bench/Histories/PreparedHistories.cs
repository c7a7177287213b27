using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Bench.Ingest;
using Scoring.Bench.Loads;
using Scoring.Bench.Platforms;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.Bench.Histories;

/// <summary>
/// Gives subjects a history over HTTP, and knows the scores that follow from it by the verifier's own code. The first event of each is a
/// passed check of the vehicle, so no score is the neutral one; the others are trips.
/// </summary>
public sealed class PreparedHistories(BenchPlatform bench, IReadOnlyList<Resident> people, int entries)
{
    private const int RoundEvents = 500_000;
    private const int TripsMax = 4096;
    private const int Parallel = 8;

    private readonly CountedEvent[] _trips = [.. Trips(DayOf(bench))];

    private readonly CountedEvent _check = new(
        "traffic.vehicle-check", DayOf(bench), new JsonObject { ["result"] = "pass" });

    /// <summary>Sends all events.</summary>
    public async Task Send(CancellationToken cancellationToken)
    {
        var total = (long)people.Count * entries;
        for (var sent = 0L; sent < total;)
        {
            var count = (int)Math.Min(RoundEvents, total - sent);
            var plan = PreparedBatches.Plan(bench, [.. Batches(sent, count)], Parallel);
            LoadAnswer.Require((await bench.Send(plan, cancellationToken)).Answers, 202, "A batch");
            bench.Progress.WriteLine($"{sent += count:N0} of {total:N0} events sent");
        }
    }

    /// <summary>Returns the score that follows from a person's history.</summary>
    public ExpectedScore ScoreOf(int person) =>
        SlowScore.Of(bench.Programme, bench.Programme.Today, [.. Enumerable.Range(0, entries).Select(n => EventOf(person, n))]);

    /// <summary>The events go round by round, one of each person, so a subject's entries lie apart in the ledger.</summary>
    private IEnumerable<(byte[] Json, int Events)> Batches(long first, int count) =>
        from some in Enumerable.Range(0, count).Chunk(CloudEvents.BatchMax)
        select (CloudEvents.Batch([.. some.Select(n => Outgoing(first + n))]), some.Length);

    private OutgoingEvent Outgoing(long number)
    {
        var person = people[(int)(number % people.Count)];
        var counted = EventOf((int)(number % people.Count), (int)(number / people.Count));
        return new OutgoingEvent(
            person, person.HandleFor(EventFamily.Traffic), counted.Type, string.Create(CultureInfo.InvariantCulture, $"history-{number}"),
            TimeProvider.System.GetUtcNow(), counted.Day, counted.Data);
    }

    private CountedEvent EventOf(int person, int number) =>
        number == 0 ? _check : _trips[(int)(((long)person * entries + number) % TripsMax)];

    private static DateOnly DayOf(BenchPlatform bench) => bench.Programme.Today;

    private static IEnumerable<CountedEvent> Trips(DateOnly day)
    {
        var draw = new Random(20261130);
        for (var i = 0; i < TripsMax; i++) yield return new CountedEvent("traffic.trip", day, SyntheticTrips.Trip(draw));
    }
}
