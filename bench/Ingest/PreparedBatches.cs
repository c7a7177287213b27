using System.Globalization;
using Scoring.Bench.Loads;
using Scoring.Bench.Platforms;
using Scoring.City.Demos;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;

namespace Scoring.Bench.Ingest;

/// <summary>Batches that are created before the measurement starts, so that their creation is not measured.</summary>
public static class PreparedBatches
{
    /// <summary>Creates batches of trips of random vehicles. Every event has its own id.</summary>
    public static (byte[] Json, int Events)[] Create(
        IReadOnlyList<Resident> people, int events, DateTimeOffset at, TimeZoneInfo zone, int round = 0) =>
        Create(draw => people[draw.Next(people.Count)], events, at, zone, round);

    /// <summary>Creates batches of trips. Every event has its own id. A batch of one event is that event, not a list.</summary>
    /// <param name="person">Draws whom the next event is about.</param>
    /// <param name="events">How many events.</param>
    /// <param name="at">When they happen.</param>
    /// <param name="zone">The programme's zone.</param>
    /// <param name="round">A number that makes the ids differ from those of other rounds.</param>
    /// <param name="batchMax">How many events a batch holds.</param>
    public static (byte[] Json, int Events)[] Create(
        Func<Random, Resident> person, int events, DateTimeOffset at, TimeZoneInfo zone, int round = 0,
        int batchMax = CloudEvents.BatchMax)
    {
        var draw = new Random(20261123 + round);
        var day = LocalTime.DayOf(at, zone);
        var batches = new (byte[] Json, int Events)[(events + batchMax - 1) / batchMax];
        for (var i = 0; i < batches.Length; i++)
        {
            var count = Math.Min(batchMax, events - (i * batchMax));
            var json = CloudEvents.Batch([.. Enumerable.Range(0, count).Select(n => Trip(person(draw), i, n))]);
            batches[i] = (batchMax == 1 ? json[1..^1] : json, count);
        }
        return batches;

        OutgoingEvent Trip(Resident resident, int batch, int n) => new(
            resident, resident.HandleFor(EventFamily.Traffic), "traffic.trip",
            string.Create(CultureInfo.InvariantCulture, $"bench-{round}-{batch}-{n}"), at, day, SyntheticTrips.Trip(draw));
    }

    /// <summary>Returns the plan to send batches, or single events.</summary>
    public static LoadPlan Plan(BenchPlatform bench, IReadOnlyList<(byte[] Json, int Events)> batches, int parallel) =>
        Plan(bench.Address, bench.SourceToken, batches, parallel);

    /// <summary>Returns the plan to send batches, or single events, to an address with a source's token.</summary>
    public static LoadPlan Plan(Uri address, string token, IReadOnlyList<(byte[] Json, int Events)> batches, int parallel) => new(
        address, parallel,
        [
            RequestHead.Of(address, "POST", "/v1/events", token, RequestHead.EventBatch),
            RequestHead.Of(address, "POST", "/v1/events", token, RequestHead.OneEvent),
        ],
        [.. batches.Select(batch => new LoadRequest(batch.Json[0] == '[' ? 0 : 1, batch.Json))]);
}
