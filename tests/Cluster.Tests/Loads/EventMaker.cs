using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;
using Scoring.Histories;
using Scoring.Keys;
using Scoring.Verify.Scores;

namespace Scoring.Loads;

/// <summary>
/// Makes the events of a load. Everything about an event follows from the seed, its number and its instant, so that a history needs to
/// keep these only.
/// </summary>
internal sealed class EventMaker(int seed, ProgrammeDocument programme, IReadOnlyList<Resident> residents)
{
    /// <summary>How many consecutive numbers have the same source. A batch lies within them.</summary>
    public const int BlockEvents = 500;

    private readonly Dictionary<string, int> _numbers = residents.Index().ToDictionary(one => one.Item.Who, one => one.Index);

    private static readonly string[] Violations =
        ["blocking", "bike-lane", "bus-stop", "commercial", "double-parking", "hydrant", "meter", "no-parking", "no-standing", "papers"];

    /// <summary>Returns an event as the checker needs it.</summary>
    public SentEvent Of(long number, DateTimeOffset instant)
    {
        var made = Make(number, instant);
        return new SentEvent(
            PlatformKeys.EventKey(made.Handle.Source, made.Id), _numbers[made.Resident.Who],
            new CountedEvent(made.Type, made.Day, made.Data));
    }

    /// <summary>Returns a batch as its source sends it.</summary>
    public (string Source, byte[] Body) Batch(long first, int count, DateTimeOffset instant)
    {
        var events = new OutgoingEvent[count];
        for (var i = 0; i < count; i++) events[i] = Make(first + i, instant);
        return (events[0].Handle.Source, CloudEvents.Batch(events));
    }

    private OutgoingEvent Make(long number, DateTimeOffset instant)
    {
        var draw = new Random((int)(((ulong)number * 0x9E3779B97F4A7C15 >> 33) ^ (uint)seed));
        var resident = residents[draw.Next(residents.Count)];
        // Cameras take points away, so few events come from them, and scores rise.
        var family = number / BlockEvents % 16 == 15 ? EventFamily.Surveillance : EventFamily.Traffic;
        var (type, data) = family == EventFamily.Surveillance ? Camera(draw) : Traffic(draw);
        return new OutgoingEvent(
            resident, resident.HandleFor(family), type, string.Create(CultureInfo.InvariantCulture, $"soak-{number}"), instant,
            LocalTime.DayOf(instant, programme.Zone), data);
    }

    private static (string Type, JsonObject Data) Camera(Random draw) => ("surveillance.speed-camera", new JsonObject
    {
        ["overLimitKmh"] = 1 + draw.Next(40),
        ["schoolZone"] = draw.Next(4) == 0,
    });

    private static (string Type, JsonObject Data) Traffic(Random draw) => draw.Next(20) switch
    {
        0 => ("traffic.parking", new JsonObject { ["violation"] = Violations[draw.Next(Violations.Length)] }),
        1 or 2 => ("traffic.park-and-ride", []),
        _ => ("traffic.trip", new JsonObject
        {
            ["distanceKm"] = 1 + draw.Next(120),
            ["harshBrakings"] = draw.Next(4),
            ["overLimitKm"] = draw.Next(10) == 0 ? draw.Next(10) : 0,
        }),
    };
}
