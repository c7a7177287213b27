using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.City.Demos;

/// <summary>Sends the events of a participant's journey. Its events are numbered from 1.</summary>
/// <param name="session">The platform.</param>
/// <param name="resident">The resident whom the events are about.</param>
/// <param name="programme">The resident's programme.</param>
/// <param name="now">The current instant of the programme.</param>
public sealed class JourneyEvents(Session session, Resident resident, ProgrammeDocument programme, DateTimeOffset now)
{
    /// <summary>The type of a trip.</summary>
    public const string TripType = "traffic.trip";

    /// <summary>The number of the fast trip among the events.</summary>
    public const int FastTrip = 3;

    /// <summary>How many kilometres of the fast trip are over the limit.</summary>
    public const int FastTripOverLimitKm = 9;

    private int _sent;

    /// <summary>Returns the id of the event with a number.</summary>
    public static string IdOf(int number) => StableHash.Token("story", number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Returns the attributes of a trip of 30 km.</summary>
    public static JsonObject Trip(int overLimitKm) => new()
        { ["distanceKm"] = 30, ["harshBrakings"] = 0, ["overLimitKm"] = overLimitKm };

    /// <summary>Sends an event under the next number.</summary>
    public Task Send(string type, JsonObject data, CancellationToken cancellationToken) =>
        Send(IdOf(++_sent), type, data, cancellationToken);

    /// <summary>Sends an event under an id.</summary>
    public Task Send(string id, string type, JsonObject data, CancellationToken cancellationToken)
    {
        var handle = resident.HandleFor(EventFamilies.Of(type));
        return session.Sender.SendBatch(
            [new OutgoingEvent(resident, handle, type, id, now, LocalTime.DayOf(now, programme.Zone), data)],
            _ => DateTimeOffset.MinValue, cancellationToken);
    }
}
