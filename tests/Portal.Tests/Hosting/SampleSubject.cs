using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;

namespace Scoring.Hosting;

/// <summary>A subject with something of everything in its history, for pages that show it. No test changes it.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Contest">The name of its open contest.</param>
/// <param name="Event">The turn of an event that is not contested.</param>
/// <param name="Audit">A case of the auditor in the subject's programme, in which nothing was looked at.</param>
internal sealed record SampleSubject(EnrolledSubject Subject, string Contest, long Event, string Audit)
{
    /// <summary>The person whose subject it is.</summary>
    public const string Person = "participant";

    public string Path => Subject.Path;

    /// <summary>Enrols the subject: good and bad events, a grant that is used, and a contest. Its programme has a draft.</summary>
    public static async Task<SampleSubject> Make(SharedPortal portal)
    {
        var subject = await portal.Enrol(Person);
        await portal.Send(subject, "traffic.trip", ("distanceKm", 60), ("overLimitKm", 0), ("harshBrakings", 0));
        await portal.Send(subject, "traffic.vehicle-check", ("result", "pass"));
        await portal.Send(subject, "surveillance.red-light-camera");
        await portal.Send(subject, "surveillance.speed-camera", ("schoolZone", true));
        await portal.Query(subject.Resident.Grant!);
        var events = (await subject.Calls.ReadHistory()).Entries.Where(entry => entry.Kind == EntryKind.Event).ToArray();
        events.Length.ShouldBe(4);
        var contest = await subject.Calls.OpenContest(new ContestRequest(events[0].Turn, ContestGround.WrongValue));
        await portal.PutDraft(ProgrammeNames.SafeDriver, draft => draft["ruleSet"]!["rules"]![0]!["capPerWindow"] = 200);
        await portal.Simulate(ProgrammeNames.SafeDriver);
        return new SampleSubject(subject, contest.Case, events[1].Turn, await OpenAudit(portal, subject.Resident.Programme));
    }

    /// <summary>Opens a case of the auditor in a programme. Returns its name.</summary>
    public static async Task<string> OpenAudit(SharedPortal portal, string programme)
    {
        var until = DateOnly.FromDateTime(portal.Now.UtcDateTime).AddDays(30);
        var request = new AuditCaseRequest(programme, AuditPurpose.Supervision, until);
        return (await portal.Session.Api.As(portal.TokenOf("auditor")).Audit.OpenCase(request)).Case;
    }
}
