using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Rows;

namespace Scoring.City.Demos;

/// <summary>The contest in a participant's journey.</summary>
/// <param name="session">The platform.</param>
/// <param name="resident">The resident who contests.</param>
/// <param name="client">The participant's calls to the API.</param>
/// <param name="events">Sends the contested event again.</param>
/// <param name="log">Receives the steps.</param>
public sealed class JourneyContest(
    Session session, Resident resident, ParticipantClient client, JourneyEvents events, JourneyLog log)
{
    /// <summary>Contests the fast trip, decides the contest as an administrator, and sends the trip again.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var before = await Score(cancellationToken);
        var entries = (await client.History(100, cancellationToken)).GetProperty("entries").EnumerateArray();
        var turn = entries.Where(entry => entry.GetProperty("kind").GetString() == "event")
            .Select(entry => entry.GetProperty("turn").GetInt64()).Order().ElementAt(JourneyEvents.FastTrip - 1);
        var contest = await client.Contest(turn, "not-mine", cancellationToken);
        var open = await Score(cancellationToken);
        log.Expect(open > before, "the harm of a contested event is suspended immediately");
        log.Step(
            $"She contests the fast trip. Its negative points are suspended immediately ({before} -> {open}). "
            + $"A decision is due by {contest.GetProperty("dueOn").GetString()}.");

        await CheckSourceSeesContest(JourneyEvents.IdOf(JourneyEvents.FastTrip), cancellationToken);
        var name = contest.GetProperty("case").GetString()!;
        var administrator = new AdministratorClient(session.Api, session.Standalone.AdministratorToken(1));
        var file = await administrator.Contest(name, cancellationToken);
        log.Expect(file.GetProperty("eventType").GetString() == JourneyEvents.TripType, "the case's file shows the contested event");
        await administrator.Decide(name, upheld: true, "not-the-subjects", cancellationToken);
        await events.Send(
            JourneyEvents.IdOf(JourneyEvents.FastTrip), JourneyEvents.TripType, JourneyEvents.Trip(JourneyEvents.FastTripOverLimitKm),
            cancellationToken);
        var after = await Score(cancellationToken);
        log.Expect(after == open, "a removed event does not count when it is sent again");
        log.Step(
            "The source sees the event's key and her ground, nothing else. An administrator upholds the contest. "
            + $"The source sends the trip again, and it does not count: {after}.");
    }

    private async Task CheckSourceSeesContest(string eventId, CancellationToken cancellationToken)
    {
        var handle = resident.HandleFor(EventFamilies.Of(JourneyEvents.TripType));
        var sourceToken = session.Standalone.Sources.First(source => source.Id == handle.Source).Token;
        var page = await session.Api.SendJson(
            HttpMethod.Get, "/v1/events/contests?after=0&count=100", sourceToken, null, cancellationToken);
        var key = StableHash.EventKey(handle.Source, eventId);
        log.Expect(
            page is { } found && found.GetProperty("contests").EnumerateArray()
                .Any(contest => contest.GetProperty("key").GetString() == key),
            "the source sees the key of the contested event");
    }

    private async Task<long> Score(CancellationToken cancellationToken) =>
        (await client.Score(cancellationToken)).GetProperty("score").GetInt64();
}
