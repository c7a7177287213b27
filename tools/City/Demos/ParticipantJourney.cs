using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Rows;
using Scoring.Client;
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
        var client = session.Api.As(Token).Subjects.Of(programme.Id, ordinal);
        using var receipt = JsonDocument.Parse(
            PersonView.Readable((await client.ReadReceipt(cancellationToken)).Receipt));
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

    private async Task Earn(SubjectClient client, JourneyEvents events, CancellationToken cancellationToken)
    {
        var calmTrip = JourneyEvents.Trip(overLimitKm: 0);
        await events.Send("traffic.vehicle-check", new JsonObject { ["result"] = "pass" }, cancellationToken);
        await events.Send(JourneyEvents.TripType, calmTrip, cancellationToken);
        await events.Send(JourneyEvents.TripType, JourneyEvents.Trip(JourneyEvents.FastTripOverLimitKm), cancellationToken);
        var score = await client.ExplainScore(cancellationToken);
        var value = PersonView.Score(new ScoreValue(score.Score, score.Tier));
        _log.Step($"A passed check, a calm trip and a fast trip give {value}. Points by rule:");
        foreach (var rule in score.Rules) _log.Detail($"{rule.Worth,5:+0;-0;0}  {rule.Reason}");
        var effect = await client.AskWhatIf(new WhatIfRequest(JourneyEvents.TripType, calmTrip), cancellationToken);
        _log.Step(
            $"Another calm trip would change the score by {effect.Difference:+0;-0;0}. "
            + "The hypothetical trip is not stored.");
        await events.Send(JourneyEvents.TripType, calmTrip, cancellationToken);
        _log.Expect(await Score(client, cancellationToken) == effect.After.Score, "a real trip changes the score as predicted");
    }

    private async Task<string> GrantAndQuery(SubjectClient client, CancellationToken cancellationToken)
    {
        var grant = (await client.GiveGrant(new GrantRequest(ServiceId, Uses: 2), cancellationToken)).Token;
        var (score, tier) = await session.Platform.Query(Service.Token, grant, cancellationToken);
        _log.Expect(score == await Score(client, cancellationToken), "the service gets the participant's score");
        var access = await LatestAccess(client, cancellationToken);
        _log.Step(
            $"She lets {access.LegalEntity} query twice. It queries and gets {score} ({tier}). "
            + "She sees who queried, why, and the answer.");
        _log.Expect(access.Answer?.Score == score, "the access log shows the answer");
        return grant;
    }

    private async Task Audit(SubjectClient client, CancellationToken cancellationToken)
    {
        var auditor = session.Api.As(session.Standalone.AuditorToken).Audit;
        var today = LocalTime.DayOf(now, TimeZoneInfo.Utc);
        var auditCase = await auditor.OpenCase(
            new AuditCaseRequest(_ada.Programme, AuditPurpose.Complaint, today.AddDays(30)), cancellationToken);
        var code = await client.MakeAuditCode(new AuditCodeRequest(), cancellationToken);
        var request = new HistoryRequest(auditCase.Case, new NamedSubject(AuditCode: code.Code));
        var file = Path.GetTempFileName();
        try
        {
            await using (var zip = File.Create(file)) await auditor.DownloadHistory(request, zip, cancellationToken);
            using var report = new StringWriter();
            var exitCode = await VerifyCommands.Run(["archive", file], report, report);
            _log.Expect(exitCode == 0, $"the auditor's archive is accepted offline\n{report}");
        }
        finally
        {
            File.Delete(file);
        }
        var access = await LatestAccess(client, cancellationToken);
        _log.Expect(access.By == "auditor", "the participant sees the auditor's access");
        _log.Step(
            "She gives an auditor a code. The auditor gets her history, and its archive is accepted offline. "
            + $"She sees the auditor's access and its purpose: {access.Purpose}.");
    }

    private async Task Pause(SubjectClient client, string grant, CancellationToken cancellationToken)
    {
        await client.Restrict(cancellationToken);
        var (score, tier) = await session.Platform.Query(Service.Token, grant, cancellationToken);
        _log.Expect(tier == "baseline", "a service gets the neutral answer during a pause");
        await client.LiftRestriction(cancellationToken);
        _log.Step($"She pauses. The service gets {score} ({tier}), the answer for an unenrolled subject. She ends the pause.");
    }

    private async Task Export(SubjectClient client, CancellationToken cancellationToken)
    {
        using var zip = new MemoryStream();
        await client.Export(zip, cancellationToken);
        zip.Position = 0;
        var archive = await CheckedArchive.Check(zip, session.Api, cancellationToken);
        _log.Step(
            $"She exports everything: {archive.Files} files, {archive.Entries} entries. Every hash and the signature are correct.");
    }

    private async Task Leave(SubjectClient client, string grant, CancellationToken cancellationToken)
    {
        var withdrawal = await client.Withdraw(cancellationToken);
        var (score, tier) = await session.Platform.Query(Service.Token, grant, cancellationToken);
        _log.Expect(tier == "baseline", "a service gets the neutral answer after the withdrawal");
        var remaining = await session.Platform.Score(Token, _ada.Programme, 0, cancellationToken);
        _log.Expect(remaining is null, "the participant has no score after the withdrawal");
        _log.Step(
            $"She leaves. {withdrawal.Entries} entries are erased before the answer. "
            + $"The service gets {score} ({tier}).");
    }

    /// <summary>Waits for the end of the live notices, which the platform closes after the withdrawal.</summary>
    private async Task CheckNotices(Task<List<string>> notices, CancellationTokenSource listening)
    {
        listening.CancelAfter(NoticesMax);
        try
        {
            var kinds = await notices;
            _log.Expect(kinds[^1] == LiveNotice.Withdrawn, "the last notice is the withdrawal");
            _log.Step($"She received {kinds.Count} live notices. The last one is: {kinds[^1]}.");
        }
        catch (OperationCanceledException) when (listening.IsCancellationRequested)
        {
            _log.Expect(false, "the live notices end after the withdrawal");
        }
    }

    private static async Task<List<string>> Listen(SubjectClient client, CancellationToken cancellationToken)
    {
        var kinds = new List<string>();
        await foreach (var notice in client.Listen(LiveNotice.Beginning, cancellationToken)) kinds.Add(notice.Kind);
        return kinds;
    }

    private static async Task<AccessView> LatestAccess(SubjectClient client, CancellationToken cancellationToken) =>
        (await client.ReadLooks(count: 1, cancellationToken: cancellationToken)).Looks[0];

    private static async Task<long> Score(SubjectClient client, CancellationToken cancellationToken) =>
        (await client.ExplainScore(cancellationToken)).Score;
}
