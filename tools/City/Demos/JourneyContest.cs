using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Rows;
using Scoring.Client;

namespace Scoring.City.Demos;

/// <summary>The contest in a participant's journey.</summary>
/// <param name="session">The platform.</param>
/// <param name="resident">The resident who contests.</param>
/// <param name="client">The participant's calls to the API.</param>
/// <param name="events">Sends the contested event again.</param>
/// <param name="log">Receives the steps.</param>
public sealed class JourneyContest(
    Session session, Resident resident, SubjectClient client, JourneyEvents events, JourneyLog log)
{
    /// <summary>Contests the fast trip, decides the contest as an administrator, and sends the trip again.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var before = await Score(cancellationToken);
        var history = await client.ReadHistory(count: 100, cancellationToken: cancellationToken);
        var turn = history.Entries.Where(entry => entry.Kind == EntryKind.Event)
            .Select(entry => entry.Turn).Order().ElementAt(JourneyEvents.FastTrip - 1);
        var contest = await client.OpenContest(new ContestRequest(turn, ContestGround.NotMine), cancellationToken);
        var open = await Score(cancellationToken);
        log.Expect(open > before, "the harm of a contested event is suspended immediately");
        log.Step(
            $"She contests the fast trip. Its negative points are suspended immediately ({before} -> {open}). "
            + $"A decision is due by {contest.DueOn:O}.");

        await CheckSourceSeesContest(JourneyEvents.IdOf(JourneyEvents.FastTrip), cancellationToken);
        var cases = session.Api.As(session.Standalone.AdministratorToken(1)).Cases;
        var file = await cases.Open(contest.Case, cancellationToken);
        log.Expect(file.EventType == JourneyEvents.TripType, "the case's file shows the contested event");
        await cases.Decide(contest.Case, new DecisionRequest(true, ContestReason.NotTheSubjects), cancellationToken);
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
        var page = await session.Api.As(sourceToken).Events.ListContested(0, 100, cancellationToken);
        var key = StableHash.EventKey(handle.Source, eventId);
        log.Expect(
            page.Contests.Any(contest => contest.Key == key),
            "the source sees the key of the contested event");
    }

    private async Task<long> Score(CancellationToken cancellationToken) =>
        (await client.ExplainScore(cancellationToken)).Score;
}
