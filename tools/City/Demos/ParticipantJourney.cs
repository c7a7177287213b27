using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;
using Scoring.Verify.Commands;
using Scoring.Verify.Scores;

namespace Scoring.City.Demos;

/// <summary>
/// One participant's story from joining to leaving, over the HTTP API, told in lines. Each step says what was seen and is checked.
/// </summary>
/// <param name="session">The platform.</param>
/// <param name="now">The instant that programmes live at.</param>
/// <param name="to">Where it is told.</param>
public sealed class ParticipantJourney(Session session, DateTimeOffset now, TextWriter to)
{
    private const string Service = "parking-desk";

    private readonly List<string> _failures = [];
    private readonly Resident _ada = session.TownHall.Meet(ProgrammeNames.SafeDriver, "ada");
    private int _sent;

    private string Token => session.Credentials.ParticipantToken(_ada.Participant);

    private DevelopmentService Desk => session.Standalone.Services.First(service => service.Id == Service);

    /// <summary>Tells it; returns what was not as it must be.</summary>
    public async Task<IReadOnlyList<string>> Run(CancellationToken cancellationToken)
    {
        to.WriteLine("One participant's story:");
        var programme = await session.Participation.Programme(_ada.Programme, cancellationToken);
        var proofs = _ada.Handles.Select(h => session.Credentials.HandleProof(h.Source, h.Token, programme.Id, _ada.Participant));
        var ordinal = await session.Participation.Enrol(Token, programme, proofs, cancellationToken);
        var rights = new ParticipantClient(session.Api, Token, programme.Id, ordinal);
        using var receipt = JsonDocument.Parse(PersonView.Readable(await rights.Receipt(cancellationToken)));
        WriteStep($"Ada joins {programme.Id} with her vehicle, under the rules she was shown, and gets a signed receipt of {receipt.RootElement.EnumerateObject().Count()} members.");

        using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var heard = Listen(rights, listening.Token);
        await Earn(rights, programme, cancellationToken);
        var grant = await GrantAndQuery(rights, cancellationToken);
        await Contest(rights, programme, cancellationToken);
        await Audit(rights, cancellationToken);
        await Pause(rights, grant, cancellationToken);
        await Export(rights, cancellationToken);
        await Leave(rights, grant, cancellationToken);
        await CheckNotices(heard, listening);
        foreach (var wrong in _failures) to.WriteLine($"not as it must be: {wrong}");
        return _failures;
    }

    private async Task Earn(ParticipantClient rights, ProgrammeDocument programme, CancellationToken cancellationToken)
    {
        await Send("traffic.vehicle-check", new JsonObject { ["result"] = "pass" }, programme, cancellationToken);
        await Send("traffic.trip", Trip(overLimitKm: 0), programme, cancellationToken);
        await Send("traffic.trip", Trip(overLimitKm: 9), programme, cancellationToken);
        var score = await rights.Score(cancellationToken);
        WriteStep($"A passed check, a calm trip and a fast one: {PersonView.Score(score)}, each point by its rule:");
        foreach (var rule in score.GetProperty("rules").EnumerateArray())
            to.WriteLine($"     {rule.GetProperty("worth").GetInt64(),5:+0;-0;0}  {rule.GetProperty("reason").GetString()}");
        var effect = await rights.WhatIf("traffic.trip", Trip(overLimitKm: 0), cancellationToken);
        WriteStep($"What another calm trip would change: {effect.GetProperty("difference").GetInt64():+0;-0;0}. It is stored nowhere.");
        await Send("traffic.trip", Trip(overLimitKm: 0), programme, cancellationToken);
        Expect(await Score(rights, cancellationToken) == effect.GetProperty("after").GetProperty("score")
            .GetInt64(), "the real trip changes what was foretold");
    }

    private async Task<string> GrantAndQuery(ParticipantClient rights, CancellationToken cancellationToken)
    {
        var granted = await rights.Grant(Service, 2, cancellationToken);
        var grant = granted.GetProperty("token").GetString()!;
        var (score, tier) = await session.Participation.Query(Desk.Token, grant, cancellationToken);
        Expect(score == await Score(rights, cancellationToken), "the service is told her score");
        var look = (await rights.AccessLog(1, cancellationToken)).GetProperty("looks").EnumerateArray().First();
        WriteStep($"{look.GetProperty("legalEntity").GetString()} may ask twice; it asks, is told {score} ({tier}), and Ada sees who asked, why and what it was told.");
        Expect(look.GetProperty("answer").GetProperty("score").GetInt64() == score, "the look shows what was answered");
        return grant;
    }

    private async Task Contest(ParticipantClient rights, ProgrammeDocument programme, CancellationToken cancellationToken)
    {
        var before = await Score(rights, cancellationToken);
        var (type, id, data) = ("traffic.trip", EventId(3), Trip(overLimitKm: 9));
        var turn = (await rights.History(100, cancellationToken)).GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("kind").GetString() == "event").Select(entry => entry.GetProperty("turn").GetInt64()).Order()
            .ElementAt(2);
        var contest = await rights.Contest(turn, "not-mine", cancellationToken);
        var open = await Score(rights, cancellationToken);
        Expect(open > before, "a contested harm is suspended at once");
        WriteStep($"She contests the fast trip: its harm is suspended at once ({before} -> {open}), to be decided by {contest.GetProperty("dueOn").GetString()}.");

        var handle = _ada.HandleFor(EventFamilies.Of(type));
        var sourceToken = session.Standalone.Sources.First(source => source.Id == handle.Source).Token;
        var told = await session.Api.Ask(HttpMethod.Get, "/v1/events/contests?after=0&count=100", sourceToken, null, cancellationToken);
        Expect(told is { } page && page.GetProperty("contests").EnumerateArray()
            .Any(one => one.GetProperty("key").GetString() == StableHash.EventKey(handle.Source, id)),
            "the source is told the event's key");
        var admin = new AdministratorClient(session.Api, session.Standalone.AdministratorToken(1));
        var file = await admin.Contest(contest.GetProperty("case").GetString()!, cancellationToken);
        Expect(file.GetProperty("eventType").GetString() == type, "the file shows the contested event");
        await admin.Decide(contest.GetProperty("case").GetString()!, upheld: true, "not-the-subjects", cancellationToken);
        await Send(type, data, programme, cancellationToken, id);
        var after = await Score(rights, cancellationToken);
        Expect(after == open, "what was removed does not come back by being sent again");
        WriteStep($"The source is told the event's key and her ground, nothing else; an administrator finds for her, and sent again it stays away: {after}.");
    }

    private async Task Audit(ParticipantClient rights, CancellationToken cancellationToken)
    {
        var audits = new AuditorClient(session.Api, session.Standalone.AuditorToken);
        var today = LocalTime.DayOf(now, TimeZoneInfo.Utc);
        var opened = await audits.Open(_ada.Programme, "complaint", today.AddDays(30), cancellationToken);
        var name = new JsonObject { ["auditCode"] = await rights.AuditCode(cancellationToken) };
        var file = Path.GetTempFileName();
        try
        {
            await using (var zip = File.Create(file)) await audits.History(opened, name, zip, cancellationToken);
            using var told = new StringWriter();
            Expect(await VerifyCommands.Run(["archive", file], told, told) == 0, $"the auditor's archive proves itself\n{told}");
        }
        finally
        {
            File.Delete(file);
        }
        var look = (await rights.AccessLog(1, cancellationToken)).GetProperty("looks").EnumerateArray().First();
        Expect(look.GetProperty("by").GetString() == "auditor", "the look is told to whom it is about");
        WriteStep($"She gives an auditor a code: they get her history, which proves itself offline, and she sees that they looked, for a {look.GetProperty("purpose").GetString()}.");
    }

    private async Task Pause(ParticipantClient rights, string grant, CancellationToken cancellationToken)
    {
        await rights.Pause(cancellationToken);
        var (score, tier) = await session.Participation.Query(Desk.Token, grant, cancellationToken);
        Expect(tier == "baseline", "while paused a service is told what a stranger gets");
        await rights.Resume(cancellationToken);
        WriteStep($"She pauses: the service is told {score} ({tier}), as of any stranger. She goes on.");
    }

    private async Task Export(ParticipantClient rights, CancellationToken cancellationToken)
    {
        using var zip = new MemoryStream();
        await rights.Export(zip, cancellationToken);
        zip.Position = 0;
        var archive = await CheckedArchive.Check(zip, session.Api, cancellationToken);
        WriteStep($"She takes everything with her: {archive.Files} files, {archive.Entries} entries, every hash and the signature fit.");
    }

    private async Task Leave(ParticipantClient rights, string grant, CancellationToken cancellationToken)
    {
        var left = await rights.Leave(cancellationToken);
        var (score, tier) = await session.Participation.Query(Desk.Token, grant, cancellationToken);
        Expect(tier == "baseline", "who has left is nobody");
        var gone = await session.Participation.Score(Token, _ada.Programme, 0, cancellationToken);
        Expect(gone is null, "nothing is there any more");
        WriteStep($"She leaves: {left.GetProperty("entries")} entries erased when it answers. The service is told {score} ({tier}).");
    }

    /// <summary>The stream ends by itself once she has left.</summary>
    private async Task CheckNotices(Task<List<string>> heard, CancellationTokenSource listening)
    {
        listening.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            var kinds = await heard;
            Expect(kinds[^1] == "withdrawn", "the last notice is that she left");
            WriteStep($"All along {kinds.Count} notices came live, the last one: {kinds[^1]}.");
        }
        catch (OperationCanceledException) when (listening.IsCancellationRequested)
        {
            _failures.Add("her notices never ended");
        }
    }

    private static async Task<List<string>> Listen(ParticipantClient rights, CancellationToken cancellationToken)
    {
        var kinds = new List<string>();
        await foreach (var item in rights.Listen("0-0", cancellationToken)) kinds.Add(item.EventType);
        return kinds;
    }

    private async Task Send(
        string type, JsonObject data, ProgrammeDocument programme, CancellationToken cancellationToken, string? id = null)
    {
        id ??= EventId(++_sent);
        await session.Sender.SendBatch(
            [new OutgoingEvent(_ada, _ada.HandleFor(EventFamilies.Of(type)), type, id, now, LocalTime.DayOf(now, programme.Zone), data)],
            _ => DateTimeOffset.MinValue, cancellationToken);
    }

    private static string EventId(int number) => StableHash.Token("story", number.ToString(CultureInfo.InvariantCulture));

    private static JsonObject Trip(int overLimitKm) => new() { ["distanceKm"] = 30, ["harshBrakings"] = 0, ["overLimitKm"] = overLimitKm };

    private static async Task<long> Score(ParticipantClient rights, CancellationToken cancellationToken) =>
        (await rights.Score(cancellationToken)).GetProperty("score").GetInt64();

    private void WriteStep(string line) => to.WriteLine($"  - {line}");

    private void Expect(bool holds, string what)
    {
        if (!holds) _failures.Add(what);
    }
}
