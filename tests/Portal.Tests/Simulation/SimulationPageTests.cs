using System.Net;
using Scoring.City.People;
using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Simulation;

/// <summary>What the page says when a simulation cannot be started or cancelled any more.</summary>
public sealed class SimulationPageTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Page = $"/admin/programmes/{ProgrammeNames.FairPayer}/simulation";

    [Fact]
    public async Task A_simulation_that_has_ended_is_not_cancelled()
    {
        await Portal.PutDraft(ProgrammeNames.FairPayer, draft => draft["ruleSet"]!["summary"] = "Something to simulate.");
        await Portal.Simulate(ProgrammeNames.FairPayer);
        var sent = await Send("cancel");
        sent.Status.ShouldBe(HttpStatusCode.Redirect);
        sent.Location!.OriginalString.ShouldEndWith("?outcome=too-late");
        (await Portal.Administrator(1).Administration.FindSimulation(ProgrammeNames.FairPayer)).Status.ShouldBe(SimulationStatus.Done);
    }

    [Fact]
    public async Task A_draft_with_problems_is_not_simulated()
    {
        await Portal.PutDraft(ProgrammeNames.FairPayer, draft => draft["ruleSet"]!["number"] = 9);
        var sent = await Send("start");
        sent.Status.ShouldBe(HttpStatusCode.OK);
        sent.Text.ShouldContain("It does not pass the checks any more");
        sent.Text.ShouldContain("<code>/ruleSet/number</code>");
        sent.Text.ShouldNotContain("value=\"start\"");
    }

    private async Task<Scoring.Testing.BrowserPage> Send(string form)
    {
        var visit = VisitByHttp();
        await visit.SignIn("administrator-2", Page);
        var token = (await visit.Open("/")).Field("__form");
        return await visit.Send(Page, Portal.Address.OriginalString, ("_handler", form), ("__form", token));
    }
}
