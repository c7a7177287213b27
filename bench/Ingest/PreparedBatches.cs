using System.Globalization;
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
        IReadOnlyList<Resident> people, int events, DateTimeOffset at, TimeZoneInfo zone, int round = 0)
    {
        var draw = new Random(20261123 + round);
        var day = LocalTime.DayOf(at, zone);
        var batches = new (byte[] Json, int Events)[(events + CloudEvents.BatchMax - 1) / CloudEvents.BatchMax];
        for (var i = 0; i < batches.Length; i++)
        {
            var count = Math.Min(CloudEvents.BatchMax, events - (i * CloudEvents.BatchMax));
            OutgoingEvent[] trips = [.. Enumerable.Range(0, count).Select(n => Trip(people[draw.Next(people.Count)], i, n))];
            batches[i] = (CloudEvents.Batch(trips), count);
        }
        return batches;

        OutgoingEvent Trip(Resident resident, int batch, int n) => new(
            resident, resident.HandleFor(EventFamily.Traffic), "traffic.trip",
            string.Create(CultureInfo.InvariantCulture, $"bench-{round}-{batch}-{n}"), at, day, SyntheticTrips.Trip(draw));
    }
}
