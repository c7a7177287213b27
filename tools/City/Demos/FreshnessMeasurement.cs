using System.Diagnostics;
using System.Text.Json;
using Scoring.City.Commands;
using Scoring.City.Loads;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;

namespace Scoring.City.Demos;

/// <summary>
/// Measures freshness: the time from the start of sending one event until the participant's own score shows it. The score is read
/// immediately after the answer to the event.
/// </summary>
public static class FreshnessMeasurement
{
    /// <summary>How many events are measured.</summary>
    public const int Sample = 100;

    private const int ReadsMax = 200;

    /// <summary>Measures a sample, one event after the other. Returns milliseconds.</summary>
    /// <exception cref="CityException">The score did not show an event.</exception>
    public static async Task<IReadOnlyList<double>> Measure(
        Session session, IReadOnlyList<Resident> people, DateTimeOffset now, Action<int> done, CancellationToken cancellationToken)
    {
        var freshnessMs = new List<double>();
        var draw = new Random(1);
        for (var i = 0; i < Sample && people.Count > 0; i++)
        {
            var resident = people[draw.Next(people.Count)];
            var programme = await session.Platform.Programme(resident.Programme, cancellationToken);
            var token = session.Credentials.ParticipantToken(resident.Participant);
            var before = await ReadTurn(session, token, resident, cancellationToken);
            var (type, data) = SyntheticEvents.Of(resident.Programme, draw);
            var id = StableHash.Token("freshness", resident.Participant, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var outgoing = new OutgoingEvent(
                resident, resident.HandleFor(EventFamilies.Of(type)), type, id, now, LocalTime.DayOf(now, programme.Zone), data);
            var since = Stopwatch.GetTimestamp();
            await session.Sender.SendBatch([outgoing], _ => DateTimeOffset.MinValue, cancellationToken);
            var reads = 0;
            while (await ReadTurn(session, token, resident, cancellationToken) <= before)
                if (++reads == ReadsMax) throw new CityException("The participant's score does not show an accepted event.");
            freshnessMs.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            done(i + 1);
        }
        return freshnessMs;
    }

    private static async Task<long> ReadTurn(Session session, string token, Resident resident, CancellationToken cancellationToken) =>
        (await session.Platform.Score(token, resident.Programme, resident.Ordinal!.Value, cancellationToken))?.Turn
            ?? throw new CityException("An enrolled participant has no score.");
}
