using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Programmes;

/// <summary>The way of a version through the console, from its simulation to its day, and of a suspension.</summary>
public sealed class GovernanceTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Programme = ProgrammeNames.SafeDriver;
    private const string Root = "/admin/programmes/" + Programme;
    private const string Send = "main form[method=post] button[type=submit]";
    private const int Subjects = 64;

    [Fact]
    public async Task A_version_is_simulated_approved_in_force_and_the_programme_suspended_and_resumed()
    {
        await using var city = await Portal.StartWithClock();
        await Enrol(city);
        var draft = await city.PutDraft(Programme, RaiseVehicleChecks);
        draft.Problems.ShouldBeEmpty();

        var author = await SignIn(1, city);
        var report = await Simulate(author, city);
        await author.Follow($"main nav a[href='{Root}/approval']");
        (await author.Page.Locator("main form[method=post]").CountAsync()).ShouldBe(0, "the author cannot approve");

        var second = await SignIn(2, city, hasScript: false);
        await second.Open(Root + "/approval");
        (await second.Main()).ShouldContain(draft.Hash);
        await second.Picture("governance-approval");
        await second.Follow(Send);
        (await second.Page.Locator(".notice.good").CountAsync()).ShouldBe(1);
        await second.Follow(Send);
        (await city.Administrator(2).Administration.FindProgramme(Programme)).Draft!.Approvals.ShouldBeEmpty("it is taken back");
        await second.Follow(Send);

        var third = await SignIn(3, city);
        await third.Open(Root + "/approval");
        await third.Follow(Send);
        third.Path.ShouldBe(Root);
        (await city.Administrator(3).Administration.FindProgramme(Programme)).Draft.ShouldBeNull("it is published");
        (await city.Administrator(3).Programmes.ReadReport(Programme, report)).Version.ShouldBe(2, "the approvals named what was seen");
        await IsInForceOnItsDay(third, city);
        await SuspendAndResume(second, third, city);
        await author.Open(Root + "/acts");
        await author.Picture("governance-acts");
    }

    private static void RaiseVehicleChecks(JsonNode draft)
    {
        var rule = draft["ruleSet"]!["rules"]!.AsArray().Single(rule => (string)rule!["id"]! == "vehicle-check")!;
        rule["points"]!["rows"]!["pass"] = 100;
    }

    /// <summary>Starts the simulation and follows it to its report, by the script of the page. Returns the report's hash.</summary>
    private static async Task<string> Simulate(Visitor author, SharedPortal city)
    {
        await author.Open("/admin/programmes");
        await author.Follow($"main a[href='{Root}']");
        await author.Follow($"main .actions a[href='{Root}/simulation']");
        await author.Follow(Send);
        await author.Page.Locator("#report-1-distribution").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        var kept = (await city.Administrator(1).Administration.FindSimulation(Programme)).Reports!.ShouldHaveSingleItem();
        kept.Report.Subjects.ShouldBe(Subjects - Subjects % 20);
        (await author.Page.Locator(".matrix td").CountAsync()).ShouldBe(16);
        (await author.Page.Locator("#report-1-distribution rect.draft").CountAsync()).ShouldBeGreaterThan(0);
        await author.Picture("governance-simulation");
        return kept.Hash;
    }

    private static async Task IsInForceOnItsDay(Visitor visitor, SharedPortal city)
    {
        await city.SetClock(Programme, city.Now.AddDays(17));
        var programmes = city.Session.Api.As((string?)null).Programmes;
        await Governing.Until(async () => (await programmes.Find(Programme)).RuleSetInForce == 2);
        await visitor.Open(Root);
        (await visitor.Page.Locator($"main a[href='/programmes/{Programme}/rules?version=2']").CountAsync()).ShouldBe(1);
        await visitor.Picture("governance-in-force");
    }

    private static async Task SuspendAndResume(Visitor second, Visitor third, SharedPortal city)
    {
        const string reason = "A camera reports wrong speeds.";
        await second.Open(Root + "/suspension");
        await second.Page.Locator("#reason").FillAsync(reason);
        await second.Follow(Send);
        (await Status(city)).ShouldBe(ProgrammeStatus.Suspended);
        (await second.Main()).ShouldContain(reason);
        await second.Follow(Send);
        (await second.Page.Locator(".notice.good").CountAsync()).ShouldBe(1);
        await second.Picture("governance-resume");
        (await Status(city)).ShouldBe(ProgrammeStatus.Suspended, "it takes two");
        await third.Open(Root + "/suspension");
        await third.Follow(Send);
        (await Status(city)).ShouldBe(ProgrammeStatus.Published);
    }

    private static async Task<ProgrammeStatus> Status(SharedPortal city) =>
        (await city.Administrator(1).Administration.FindProgramme(Programme)).Status;

    /// <summary>Enrols made-up vehicles, of which half pass a check and some pass a red light.</summary>
    private static async Task Enrol(SharedPortal city)
    {
        var document = await city.Session.Platform.Programme(Programme, CancellationToken.None);
        var people = await city.Session.Residents.Enrol(
            document, [.. Enumerable.Range(0, Subjects).Select(number => city.Session.Residents.Draw(Programme, $"vehicle-{number}"))],
            _ => { }, CancellationToken.None);
        var events = people.Where((_, number) => number % 2 == 0)
            .Select(person => Event(city, person, "traffic.vehicle-check", "result", "pass"))
            .Concat(people.Where((_, number) => number % 3 == 0)
                .Select(person => Event(city, person, "traffic.parking", "violation", "meter")));
        foreach (var batch in events.GroupBy(one => one.Source))
        {
            var token = city.Session.Standalone.Sources.Single(source => source.Id == batch.Key).Token;
            await city.Session.Api.As(token).Events.Send([.. batch]);
        }
    }

    private static CloudEvent Event(SharedPortal city, Resident resident, string type, string attribute, string value)
    {
        var handle = resident.Handles.First(handle => handle.Family == City.Platform.EventFamily.Traffic);
        return new CloudEvent(
            Guid.NewGuid().ToString(), handle.Source, type, city.Now,
            new CloudEventData(Programme, handle.Token) { Attributes = new Dictionary<string, object> { [attribute] = value } });
    }

    private async Task<Visitor> SignIn(int administrator, SharedPortal city, bool hasScript = true)
    {
        var visitor = await Visit(new VisitorSettings(HasScript: hasScript), city);
        await visitor.SignIn($"administrator-{administrator}", "/admin/programmes");
        return visitor;
    }
}
