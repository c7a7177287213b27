using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Rows;
using Scoring.Verify.Commands;

namespace Scoring.City.Demos;

/// <summary>
/// Follows one participant from enrolment to withdrawal, over the HTTP API. Each step is written as a line, and its result is checked.
/// </summary>
/// <param name="session">The platform.</param>
/// <param name="now">The current instant of the programmes.</param>
/// <param name="to">Receives the lines.</param>
public sealed class ParticipantJourney(Session session, DateTimeOffset now, TextWriter to)
{
    private const string ServiceId = "parking-desk";

    private static readonly TimeSpan NoticesMax = TimeSpan.FromSeconds(30);

    private readonly JourneyLog _log = new(to);
    private readonly Resident _ada = session.Residents.Draw(ProgrammeNames.SafeDriver, "ada");

    private string Token => session.Credentials.ParticipantToken(_ada.Participant);

    private DevelopmentService Service => session.Standalone.Services.First(service => service.Id == ServiceId);

    /// <summary>Runs all steps. Returns the expectations that failed.</summary>
    public async Task<IReadOnlyList<string>> Run(CancellationToken cancellationToken)
    {
        to.WriteLine("One participant from enrolment to withdrawal:");
        var programme = await session.Platform.Programme(_ada.Programme, cancellationToken);
        var events = new JourneyEvents(session, _ada, programme, now);
        var proofs = _ada.Handles.Select(h => session.Credentials.HandleProof(h.Source, h.Token, programme.Id, _ada.Participant));
        var ordinal = await session.Platform.Enrol(Token, programme, proofs, cancellationToken);
        var client = new ParticipantClient(session.Api, Token, programme.Id, ordinal);
        using var receipt = JsonDocument.Parse(PersonView.Readable(await client.Receipt(cancellationToken)));
        _log.Step(
            $"Ada enrols her vehicle in {programme.Id}. She consents to the rules in force and gets a signed receipt of "
            + $"{receipt.RootElement.EnumerateObject().Count()} members.");

        using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var notices = Listen(client, listening.Token);
        await Earn(client, events, cancellationToken);
        var grant = await GrantAndQuery(client, cancellationToken);
        await new JourneyContest(session, _ada, client, events, _log).Run(cancellationToken);
        await Audit(client, cancellationToken);
        await Pause(client, grant, cancellationToken);
        await Export(client, cancellationToken);
        await Leave(client, grant, cancellationToken);
        await CheckNotices(notices, listening);
        foreach (var failure in _log.Failures) to.WriteLine($"failed expectation: {failure}");
        return _log.Failures;
    }

    private async Task Earn(ParticipantClient client, JourneyEvents events, CancellationToken cancellationToken)
    {
        var calmTrip = JourneyEvents.Trip(overLimitKm: 0);
        await events.Send("traffic.vehicle-check", new JsonObject { ["result"] = "pass" }, cancellationToken);
        await events.Send(JourneyEvents.TripType, calmTrip, cancellationToken);
        await events.Send(JourneyEvents.TripType, JourneyEvents.Trip(JourneyEvents.FastTripOverLimitKm), cancellationToken);
        var score = await client.Score(cancellationToken);
        _log.Step($"A passed check, a calm trip and a fast trip give {PersonView.Score(score)}. Points by rule:");
        foreach (var rule in score.GetProperty("rules").EnumerateArray())
            _log.Detail($"{rule.GetProperty("worth").GetInt64(),5:+0;-0;0}  {rule.GetProperty("reason").GetString()}");
        var effect = await client.WhatIf(JourneyEvents.TripType, calmTrip, cancellationToken);
        var predicted = effect.GetProperty("after").GetProperty("score").GetInt64();
        _log.Step(
            $"Another calm trip would change the score by {effect.GetProperty("difference").GetInt64():+0;-0;0}. "
            + "The hypothetical trip is not stored.");
        await events.Send(JourneyEvents.TripType, calmTrip, cancellationToken);
        _log.Expect(await Score(client, cancellationToken) == predicted, "a real trip changes the score as predicted");
    }

    private async Task<string> GrantAndQuery(ParticipantClient client, CancellationToken cancellationToken)
    {
        var granted = await client.Grant(ServiceId, 2, cancellationToken);
        var grant = granted.GetProperty("token").GetString()!;
        var (score, tier) = await session.Platform.Query(Service.Token, grant, cancellationToken);
        _log.Expect(score == await Score(client, cancellationToken), "the service gets the participant's score");
        var access = await LatestAccess(client, cancellationToken);
        _log.Step(
            $"She lets {access.GetProperty("legalEntity").GetString()} query twice. It queries and gets {score} ({tier}). "
            + "She sees who queried, why, and the answer.");
        _log.Expect(access.GetProperty("answer").GetProperty("score").GetInt64() == score, "the access log shows the answer");
        return grant;
    }

    private async Task Audit(ParticipantClient client, CancellationToken cancellationToken)
    {
        var auditor = new AuditorClient(session.Api, session.Standalone.AuditorToken);
        var today = LocalTime.DayOf(now, TimeZoneInfo.Utc);
        var auditCase = await auditor.Open(_ada.Programme, "complaint", today.AddDays(30), cancellationToken);
        var name = new JsonObject { ["auditCode"] = await client.AuditCode(cancellationToken) };
        var file = Path.GetTempFileName();
        try
        {
            await using (var zip = File.Create(file)) await auditor.History(auditCase, name, zip, cancellationToken);
            using var report = new StringWriter();
            var exitCode = await VerifyCommands.Run(["archive", file], report, report);
            _log.Expect(exitCode == 0, $"the auditor's archive is accepted offline\n{report}");
        }
        finally
        {
            File.Delete(file);
        }
        var access = await LatestAccess(client, cancellationToken);
        _log.Expect(access.GetProperty("by").GetString() == "auditor", "the participant sees the auditor's access");
        _log.Step(
            "She gives an auditor a code. The auditor gets her history, and its archive is accepted offline. "
            + $"She sees the auditor's access and its purpose: {access.GetProperty("purpose").GetString()}.");
    }

    private async Task Pause(ParticipantClient client, string grant, CancellationToken cancellationToken)
    {
        await client.Pause(cancellationToken);
        var (score, tier) = await session.Platform.Query(Service.Token, grant, cancellationToken);
        _log.Expect(tier == "baseline", "a service gets the neutral answer during a pause");
        await client.Resume(cancellationToken);
        _log.Step($"She pauses. The service gets {score} ({tier}), the answer for an unenrolled subject. She ends the pause.");
    }

    private async Task Export(ParticipantClient client, CancellationToken cancellationToken)
    {
        using var zip = new MemoryStream();
        await client.Export(zip, cancellationToken);
        zip.Position = 0;
        var archive = await CheckedArchive.Check(zip, session.Api, cancellationToken);
        _log.Step(
            $"She exports everything: {archive.Files} files, {archive.Entries} entries. Every hash and the signature are correct.");
    }

    private async Task Leave(ParticipantClient client, string grant, CancellationToken cancellationToken)
    {
        var withdrawal = await client.Leave(cancellationToken);
        var (score, tier) = await session.Platform.Query(Service.Token, grant, cancellationToken);
        _log.Expect(tier == "baseline", "a service gets the neutral answer after the withdrawal");
        var remaining = await session.Platform.Score(Token, _ada.Programme, 0, cancellationToken);
        _log.Expect(remaining is null, "the participant has no score after the withdrawal");
        _log.Step(
            $"She leaves. {withdrawal.GetProperty("entries")} entries are erased before the answer. "
            + $"The service gets {score} ({tier}).");
    }

    /// <summary>Waits for the end of the live notices, which the platform closes after the withdrawal.</summary>
    private async Task CheckNotices(Task<List<string>> notices, CancellationTokenSource listening)
    {
        listening.CancelAfter(NoticesMax);
        try
        {
            var kinds = await notices;
            _log.Expect(kinds[^1] == "withdrawn", "the last notice is the withdrawal");
            _log.Step($"She received {kinds.Count} live notices. The last one is: {kinds[^1]}.");
        }
        catch (OperationCanceledException) when (listening.IsCancellationRequested)
        {
            _log.Expect(false, "the live notices end after the withdrawal");
        }
    }

    private static async Task<List<string>> Listen(ParticipantClient client, CancellationToken cancellationToken)
    {
        var kinds = new List<string>();
        await foreach (var item in client.Listen("0-0", cancellationToken)) kinds.Add(item.EventType);
        return kinds;
    }

    private static async Task<JsonElement> LatestAccess(ParticipantClient client, CancellationToken cancellationToken) =>
        (await client.AccessLog(1, cancellationToken)).GetProperty("looks").EnumerateArray().First();

    private static async Task<long> Score(ParticipantClient client, CancellationToken cancellationToken) =>
        (await client.Score(cancellationToken)).GetProperty("score").GetInt64();
}
