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
/// A rule set's way from draft to in force, and how it is mended by the next, lived through over HTTP alone: three administrators, a driver
/// every day, and one quiet keeper about whom a service asks at every moment. What scores must be is City's own slow recomputation.
/// </summary>
public sealed class RuleChange(Session session)
{
    private const string Programme = ProgrammeNames.SafeDriver;
    private const string Rule = "calm-trips";
    private const int NoticeDays = 14;
    private const int TripsADay = 3;
    private const int DaysBefore = 4;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);

    private readonly List<(DateOnly Before, DateOnly After, long Score)> _answers = [];
    private readonly SemaphoreSlim _answered = new(0);
    private Task _asked = Task.CompletedTask;
    private readonly ProgrammeClock _time = session.Clock();
    private DateOnly _today;
    private int _days;

    /// <summary>Lives through it.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var programme = await session.Participation.Programme(Programme, cancellationToken);
        await Go(programme, 0, cancellationToken);
        programme = await session.Participation.Programme(Programme, cancellationToken);
        var people = await session.TownHall.Enrol(
            programme, [session.TownHall.Meet(Programme, "quiet"), session.TownHall.Meet(Programme, "driver")], _ => { },
            cancellationToken);
        var (quiet, driver) = (people[0], people[1]);
        for (var day = 0; day < DaysBefore; day++)
        {
            await Go(programme, day, cancellationToken);
            await Drive(people, cancellationToken);
        }

        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _asked = Ask(quiet, asking.Token);
        var firstDay = await Publish(Change, cancellationToken);
        await ShouldBeTold(driver, firstDay, cancellationToken);
        await Live(programme, driver, firstDay.AddDays(1), cancellationToken);
        await ShouldCountFrom(firstDay, driver, cancellationToken);

        var corrected = await Publish(Correct, cancellationToken);
        await ShouldBeTold(driver, corrected, cancellationToken);
        await Live(programme, driver, corrected, cancellationToken);
        await asking.CancelAsync();
        await _asked;
        await ShouldHaveBeenRightAtEveryMoment(quiet, [firstDay, corrected], cancellationToken);
    }

    /// <summary>Day after day, up to one: trips every day, and every day the score is what it must be.</summary>
    private async Task Live(ProgrammeDocument programme, Resident driver, DateOnly last, CancellationToken cancellationToken)
    {
        while (_today < last)
        {
            await Go(programme, _days + 1, cancellationToken);
            await Drive([driver], cancellationToken);
            await ShouldBeAnsweredToday(cancellationToken);
            var findings = await session.Verifier.Compare(Programme, [driver with { Grant = null }], _ => { }, cancellationToken);
            findings.Mismatches.ShouldBeEmpty($"on {_today:O}");
        }
    }

    private async Task Go(ProgrammeDocument programme, int days, CancellationToken cancellationToken)
    {
        await _time.Set(Start.AddDays(_days = days), programme, cancellationToken);
        lock (_answers) _today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_time.Now, programme.Zone).DateTime);
    }

    private async Task Drive(IEnumerable<Resident> people, CancellationToken cancellationToken)
    {
        foreach (var who in people)
        {
            var batch = Enumerable.Range(0, TripsADay).Select(n => new OutgoingEvent(
                who, who.HandleFor(EventFamily.Traffic), "traffic.trip",
                string.Create(CultureInfo.InvariantCulture, $"{who.Who}-{_today:O}-{n}"), _time.Now, _today,
                new JsonObject { ["distanceKm"] = 12, ["overLimitKm"] = 0, ["harshBrakings"] = 0 })).ToArray();
            await Send(batch, cancellationToken);
            foreach (var one in batch)
                session.ExpectedEvents.Add(
                    one.Who, DateTimeOffset.MinValue, one.Handle.Source, one.Id, one.Instant,
                    new CountedEvent(one.Type, one.Day, one.Data));
        }
    }

    /// <summary>
    /// Silos notice a new instant one after the other. Whoever still lives the day before refuses visibly, and the source sends again.
    /// </summary>
    private async Task Send(OutgoingEvent[] batch, CancellationToken cancellationToken)
    {
        var token = session.Standalone.Sources.Single(source => source.Id == batch[0].Handle.Source).Token;
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var (status, answer) = await session.Participation.Post(token, CloudEvents.Batch(batch), cancellationToken);
            if (status == HttpStatusCode.Accepted) return;
            answer.ShouldContain("It lies in the future.");
            await beat.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Calm trips give more on their day and less in all.</summary>
    private static void Change(JsonNode ruleSet)
    {
        var rule = ruleSet["rules"]!.AsArray().Single(one => (string)one!["id"]! == Rule)!;
        (rule["points"], rule["capPerDay"], rule["capPerWindow"]) = (5, 15, 20);
        ruleSet["summary"] = "Calm trips count more on their day and less in all.";
    }

    /// <summary>That was wrong: what it gave is taken back.</summary>
    private static void Correct(JsonNode ruleSet)
    {
        ruleSet["corrections"] = new JsonArray(new JsonObject { ["ruleSet"] = 2, ["rule"] = Rule });
        ruleSet["summary"] = "What version 2 gave for calm trips is taken back.";
    }

    /// <summary>Drafts, is refused as its own approver, is approved by the two others; returns the first day.</summary>
    private async Task<DateOnly> Publish(Action<JsonNode> change, CancellationToken cancellationToken)
    {
        var published =
            (await session.Api.Ask(HttpMethod.Get, $"/v1/programmes/{Programme}", null, null, cancellationToken)).ShouldNotBeNull();
        var draft = JsonNode.Parse(DraftFile.Next(published, NoticeDays))!;
        change(draft["ruleSet"]!);
        var (author, second, third) = (Administrator(1), Administrator(2), Administrator(3));

        var hash = (await author.Draft(Programme, Encoding.UTF8.GetBytes(draft.ToJsonString()), cancellationToken)).GetProperty("hash")
            .GetString()!;
        await Should.ThrowAsync<City.CityException>(author.Approve(Programme, hash, cancellationToken));
        (await second.Approve(Programme, hash, cancellationToken)).GetProperty("done").GetBoolean().ShouldBeFalse();
        (await third.Approve(Programme, hash, cancellationToken)).GetProperty("done").GetBoolean().ShouldBeTrue();

        var acts = (await author.Record(Programme, 0, cancellationToken)).GetProperty("acts").EnumerateArray()
            .Select(act => act.GetProperty("act").GetString()).ToArray();
        acts.ShouldBe([.. Enumerable.Range(1, (int)draft["ruleSet"]!["number"]!)
            .SelectMany(number => number == 1 ? (string[])["published"] : ["drafted", "approved", "published"])]);
        return DateOnly.Parse((string)draft["ruleSet"]!["firstDay"]!, CultureInfo.InvariantCulture);
    }

    private City.Platform.AdministratorClient Administrator(int number) => new(session.Api, session.Standalone.AdministratorToken(number));

    /// <summary>The notice is there as soon as every silo has looked at what is published.</summary>
    private async Task ShouldBeTold(Resident who, DateOnly firstDay, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(who.Participant);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var seen = await session.Api.Ask(HttpMethod.Get, $"/v1/me/subjects/{Programme}/{who.Ordinal}", token, null, cancellationToken);
            var coming = seen.ShouldNotBeNull().GetProperty("coming").EnumerateArray().ToArray();
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

    /// <summary>The explanation shows the day before at the old points, and its own day at the new.</summary>
    private async Task ShouldCountFrom(DateOnly firstDay, Resident who, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(who.Participant);
        var told = (await session.Participation.Score(token, Programme, who.Ordinal!.Value, cancellationToken)).ShouldNotBeNull();
        var days = told.GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("rule").GetString() == Rule)
            .GetProperty("days").EnumerateArray()
            .ToDictionary(day => day.GetProperty("day").GetString()!, day => day.GetProperty("points").GetInt64());
        days[Text(firstDay.AddDays(-1))].ShouldBe(TripsADay * 4);
        days[Text(firstDay)].ShouldBe(TripsADay * 5);
        days[Text(firstDay.AddDays(1))].ShouldBe(TripsADay * 5);
    }

    /// <summary>Asks about one keeper again and again; notes each answer with the days between which it was given.</summary>
    private async Task Ask(Resident who, CancellationToken cancellationToken)
    {
        var service = session.Standalone.Services.Single(one => one.Programme == Programme);
        try
        {
            while (true)
            {
                DateOnly before;
                lock (_answers) before = _today;
                var (score, _) = await session.Participation.Query(service.Token, who.Grant!, cancellationToken);
                lock (_answers) _answers.Add((before, _today, score));
                _answered.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    /// <summary>No day goes by without an answer that was asked for on it: a machine that answers slowly is waited for.</summary>
    private async Task ShouldBeAnsweredToday(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_answers)
            {
                if (_answers is [.., var last] && last.Before == _today) return;
            }
            await await Task.WhenAny(_answered.WaitAsync(cancellationToken), _asked);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task ShouldHaveBeenRightAtEveryMoment(Resident who, DateOnly[] firstDays, CancellationToken cancellationToken)
    {
        var programme = await session.Participation.Programme(Programme, cancellationToken);
        programme.RuleSets.Count.ShouldBe(1 + firstDays.Length);
        var events = session.ExpectedEvents.Of(who);
        foreach (var (before, after, score) in _answers)
        {
            // A silo notices a new instant a moment after it was set, and the day was noted a moment after that.
            long[] right = [.. Enumerable.Range(-1, after.DayNumber - before.DayNumber + 3)
                .Select(days => SlowScore.Of(programme, before.AddDays(days), events).Score)];
            right.ShouldContain(score, $"asked between {before:O} and {after:O}");
        }
        SlowScore.Of(programme, firstDays[0].AddDays(-1), events).Score
            .ShouldNotBe(SlowScore.Of(programme, firstDays[0], events).Score, "the change must be one that the quiet keeper sees");
        _answers.Select(answer => answer.Before).Distinct().Count().ShouldBeGreaterThan(2 * NoticeDays);
    }

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
