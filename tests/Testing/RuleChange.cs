using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Verify.Scores;

namespace Scoring.Testing;

/// <summary>
/// Plays the life of a rule set over HTTP: three administrators publish it, it comes into force, and the next one corrects it. One driver
/// sends trips every day, and a service queries another subject all the time. City's slow recomputation gives the expected scores.
/// </summary>
public sealed class RuleChange(Session session)
{
    private const string Programme = ProgrammeNames.SafeDriver;
    private const int TripsADay = 3;
    private const int DaysBefore = 4;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);

    private readonly List<(DateOnly Before, DateOnly After, long Score)> _answers = [];
    private readonly SemaphoreSlim _answered = new(0);
    private Task _querying = Task.CompletedTask;
    private readonly ProgrammeClock _time = session.Clock();
    private readonly RulePublication _publication = new(session);
    private DateOnly _today;
    private int _days;

    /// <summary>Runs the whole story.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var programme = await session.Platform.Programme(Programme, cancellationToken);
        await SetDay(programme, 0, cancellationToken);
        programme = await session.Platform.Programme(Programme, cancellationToken);
        var people = await session.Residents.Enrol(
            programme, [session.Residents.Draw(Programme, "quiet"), session.Residents.Draw(Programme, "driver")], _ => { },
            cancellationToken);
        var quiet = people[0];
        var driver = people[1];
        for (var day = 0; day < DaysBefore; day++)
        {
            await SetDay(programme, day, cancellationToken);
            await Drive(people, cancellationToken);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _querying = Query(quiet, stop.Token);
        var firstDay = await _publication.Publish(RulePublication.CapLower, cancellationToken);
        await ShouldBeAnnounced(driver, firstDay, cancellationToken);
        await DriveUntil(programme, driver, firstDay.AddDays(1), cancellationToken);
        await ShouldCountFrom(firstDay, driver, cancellationToken);

        var corrected = await _publication.Publish(RulePublication.TakeBack, cancellationToken);
        await ShouldBeAnnounced(driver, corrected, cancellationToken);
        await DriveUntil(programme, driver, corrected, cancellationToken);
        await stop.CancelAsync();
        await _querying;
        await ShouldHaveBeenCorrectAlways(quiet, [firstDay, corrected], cancellationToken);
    }

    /// <summary>Advances day by day to a last day: sends trips each day and compares the score.</summary>
    private async Task DriveUntil(ProgrammeDocument programme, Resident driver, DateOnly last, CancellationToken cancellationToken)
    {
        while (_today < last)
        {
            await SetDay(programme, _days + 1, cancellationToken);
            await Drive([driver], cancellationToken);
            await ShouldBeAnsweredToday(cancellationToken);
            var findings = await session.Verifier.Compare(Programme, [driver with { Grant = null }], _ => { }, cancellationToken);
            findings.Mismatches.ShouldBeEmpty($"on {_today:O}");
        }
    }

    private async Task SetDay(ProgrammeDocument programme, int days, CancellationToken cancellationToken)
    {
        await _time.Set(Start.AddDays(_days = days), programme, cancellationToken);
        lock (_answers) _today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_time.Now, programme.Zone).DateTime);
    }

    private async Task Drive(IEnumerable<Resident> people, CancellationToken cancellationToken)
    {
        foreach (var resident in people)
        {
            var batch = Enumerable.Range(0, TripsADay).Select(n => new OutgoingEvent(
                resident, resident.HandleFor(EventFamily.Traffic), "traffic.trip",
                string.Create(CultureInfo.InvariantCulture, $"{resident.Who}-{_today:O}-{n}"), _time.Now, _today,
                new JsonObject { ["distanceKm"] = 12, ["overLimitKm"] = 0, ["harshBrakings"] = 0 })).ToArray();
            await Send(batch, cancellationToken);
            foreach (var one in batch)
                session.ExpectedEvents.Add(
                    one.Resident, DateTimeOffset.MinValue, one.Handle.Source, one.Id, one.Instant,
                    new CountedEvent(one.Type, one.Day, one.Data));
        }
    }

    /// <summary>
    /// Silos read a new instant at different times. A silo that still has the day before refuses the event, and the source sends it again.
    /// </summary>
    private async Task Send(OutgoingEvent[] batch, CancellationToken cancellationToken)
    {
        var token = session.Standalone.Sources.Single(source => source.Id == batch[0].Handle.Source).Token;
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var (status, answer) = await session.Platform.SendEvents(token, CloudEvents.Batch(batch), cancellationToken);
            if (status == HttpStatusCode.Accepted) return;
            answer.ShouldContain("It lies in the future.");
            await beat.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Waits for the notice of the coming rule set, which appears when every silo has read the publication.</summary>
    private async Task ShouldBeAnnounced(Resident resident, DateOnly firstDay, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(resident.Participant);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var subject = await session.Api.SendJson(
                HttpMethod.Get, $"/v1/me/subjects/{Programme}/{resident.Ordinal}", token, null, cancellationToken);
            var coming = subject.ShouldNotBeNull().GetProperty("coming").EnumerateArray().ToArray();
            if (coming is [var notice])
            {
                notice.GetProperty("firstDay").GetString().ShouldBe(firstDay.ToString("O", CultureInfo.InvariantCulture));
                notice.GetProperty("asksConsent").GetBoolean().ShouldBeFalse();
                notice.GetProperty("differences").EnumerateArray().ShouldNotBeEmpty();
                return;
            }
            await beat.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Checks the explanation: the day before has the old points, and the first day has the new ones.</summary>
    private async Task ShouldCountFrom(DateOnly firstDay, Resident resident, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(resident.Participant);
        var explanation =
            (await session.Platform.Score(token, Programme, resident.Ordinal!.Value, cancellationToken)).ShouldNotBeNull();
        var days = explanation.Rules.Single(rule => rule.Rule == RulePublication.Rule).Days.ToDictionary(day => day.Day, day => day.Points);
        days[firstDay.AddDays(-1)].ShouldBe(TripsADay * 4);
        days[firstDay].ShouldBe(TripsADay * 5);
        days[firstDay.AddDays(1)].ShouldBe(TripsADay * 5);
    }

    /// <summary>Queries one subject repeatedly; records each answer with the days between which it was given.</summary>
    private async Task Query(Resident resident, CancellationToken cancellationToken)
    {
        var service = session.Standalone.Services.Single(one => one.Programme == Programme);
        try
        {
            while (true)
            {
                DateOnly before;
                lock (_answers) before = _today;
                var (score, _) = await session.Platform.Query(service.Token, resident.Grant!, cancellationToken);
                lock (_answers) _answers.Add((before, _today, score));
                _answered.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The story is over.
        }
    }

    /// <summary>Waits for an answer of this day, so that no day is without one on a slow machine.</summary>
    private async Task ShouldBeAnsweredToday(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_answers)
            {
                if (_answers is [.., var last] && last.Before == _today) return;
            }
            await await Task.WhenAny(_answered.WaitAsync(cancellationToken), _querying);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task ShouldHaveBeenCorrectAlways(Resident resident, DateOnly[] firstDays, CancellationToken cancellationToken)
    {
        var programme = await session.Platform.Programme(Programme, cancellationToken);
        programme.RuleSets.Count.ShouldBe(1 + firstDays.Length);
        var events = session.ExpectedEvents.Of(resident);
        foreach (var (before, after, score) in _answers)
        {
            // A silo reads a new instant shortly after it was set, and this test records the day shortly after that.
            long[] expected = [.. Enumerable.Range(-1, after.DayNumber - before.DayNumber + 3)
                .Select(days => SlowScore.Of(programme, before.AddDays(days), events).Score)];
            expected.ShouldContain(score, $"queried between {before:O} and {after:O}");
        }
        SlowScore.Of(programme, firstDays[0].AddDays(-1), events).Score
            .ShouldNotBe(SlowScore.Of(programme, firstDays[0], events).Score, "the change must affect the queried subject");
        _answers.Select(answer => answer.Before).Distinct().Count().ShouldBeGreaterThan(2 * RulePublication.NoticeDays);
    }

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
