using System.Text.Json.Nodes;
using Scoring.Audit;
using Scoring.Editing;
using Scoring.Frame;
using Scoring.Hosting;
using Scoring.Verification;

namespace Scoring.Programmes;

/// <summary>The whole life of a programme through the pages: written, refused, published, joined, contested, judged and audited.</summary>
public sealed class BicycleTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Programme = "cargo-bikes";
    private const string Root = "/admin/programmes/" + Programme;
    private const string Source = "https://traffic.city.example";
    private const string Send = "main form[method=post] button[type=submit]";
    private const string Person = "participant-2";

    [Fact]
    public async Task A_programme_for_bicycles_lives_from_its_first_word_to_an_audit_without_a_network()
    {
        await using var city = await Portal.StartWithClock();
        var author = await SignIn(city, "administrator-1", "/admin/programmes/new");
        await Write(author);
        await HasNothingToSimulate(author);
        await Approve(await SignIn(city, "administrator-2", Root + "/approval"));
        await Approve(await SignIn(city, "administrator-3", Root + "/approval"));
        await city.SetClock(Programme, city.Now.AddDays(20));
        using var visit = new HttpVisit(city);
        // The portal keeps the list of programmes for some seconds.
        await Governing.Until(async () => (await visit.Open("/programmes/" + Programme)).Status == System.Net.HttpStatusCode.OK);

        var person = await SignIn(city, Person, "/programmes/" + Programme);
        var handle = await person.Join(Programme, "traffic.city.example", "car-1");
        var root = Joining.RootOf(person.Path);
        await city.Send(Programme, Source, handle, "traffic.vehicle-check", ("result", "pass"));
        await IsScored(person, root, "540");
        var contest = await Contest(person, root);
        await Judge(await SignIn(city, ListedPage.Independent, "/admin/contests"), contest);
        await IsScored(person, root, "500");
        await person.Picture("bicycle-6-corrected");

        await Audit(await SignIn(city, AuditVisit.Auditor, "/audit"), city, await Code(person, root));
        await person.Open(root + "/who-looked");
        (await person.Main()).ShouldContain("An auditor");
        (await person.Close()).ShouldBeEmpty(); // its live page would miss the platform, which ends first
    }

    /// <summary>Writes the programme, is refused by the gate, mends it and saves it.</summary>
    private static async Task Write(Visitor author)
    {
        var page = author.Page;
        await author.FillTerms(Programme);
        await author.AddRules();
        var draft = JsonNode.Parse(await page.Json())!;
        draft["programme"]!["context"] = "policing";
        draft["programme"]!["effects"] = new JsonArray(
            new JsonObject { ["tier"] = "gold", ["effect"] = "fine", ["description"] = "A fine for the others." });
        await page.Locator("#json").FillAsync(draft.ToJsonString());
        await author.Act("json");
        (await page.Locator("#problems").InnerTextAsync()).ShouldContain("/programme/context");
        await author.Picture("bicycle-1-refused");
        await page.Field("programme.context").SelectOptionAsync("mobility");
        await page.Field("programme.effects.0.effect").SelectOptionAsync("voucher");
        await page.Field("programme.effects.0.description").FillAsync("A voucher for a repair.");
        await author.Check();
        (await page.Locator("#problems").CountAsync()).ShouldBe(0, await author.Main());
        await author.Save(Programme);
    }

    /// <summary>
    /// Before the first version there is no participant whose score could change; GovernanceTests simulates a next version.
    /// </summary>
    private static async Task HasNothingToSimulate(Visitor author)
    {
        await author.Open(Root + "/simulation");
        (await author.Page.Locator("main form[method=post]").CountAsync()).ShouldBe(0);
        await author.Picture("bicycle-2-nothing-to-simulate");
    }

    private static async Task Approve(Visitor administrator)
    {
        await administrator.Picture("bicycle-3-approval");
        await administrator.Follow(Send);
        (await administrator.Page.Locator(".notice.good").CountAsync()).ShouldBe(1, await administrator.Main());
    }

    private static async Task IsScored(Visitor person, string root, string score)
    {
        await person.Open(root);
        (await person.Page.Locator("#score-value .value").InnerTextAsync()).ShouldBe(score);
    }

    /// <summary>Contests the check. Returns the name of the case.</summary>
    private static async Task<string> Contest(Visitor person, string root)
    {
        await person.Open(root + "/timeline");
        await person.Follow("main li a[href*='/contests/new']");
        await person.Page.Locator("input[name=ground][value=not-mine]").CheckAsync();
        await person.Follow(Send);
        await person.Picture("bicycle-4-contested");
        return person.Path.Split('/')[^1];
    }

    private static async Task Judge(Visitor judge, string contest)
    {
        await judge.Follow($"a[href='/admin/contests/{contest}']");
        (await judge.Main()).ShouldContain("You may judge this contest");
        await judge.Follow("#open");
        await judge.Page.Locator("input[name=reason][value=not-the-subjects]").CheckAsync();
        await judge.Picture("bicycle-5-judged");
        await judge.Follow("form:has(input[name=reason]) button");
        (await judge.Page.Locator(".notice.good").CountAsync()).ShouldBe(1);
    }

    private static async Task<string> Code(Visitor person, string root)
    {
        await person.Open(root + "/audit-codes");
        await person.Follow(Send);
        return (await person.Page.Locator("#shown-once").InnerTextAsync()).Trim();
    }

    /// <summary>Looks at the history by a code, takes its archive along, and checks it in a browser without a network.</summary>
    private static async Task Audit(Visitor auditor, SharedPortal city, string code)
    {
        await auditor.Look(await auditor.OpenCase(Programme, "complaint", city.Now), "code", code);
        (await auditor.Page.Locator("#score-value .value").InnerTextAsync()).ShouldBe("500");
        await auditor.Picture("bicycle-7-history");
        var download = await auditor.Page.RunAndWaitForDownloadAsync(
            () => auditor.Page.Locator("form[action*='/archive'] button").ClickAsync());
        var archive = await File.ReadAllBytesAsync(await download.PathAsync());
        var check = await BrowserCheck.Open(auditor);
        var seen = await check.Run(("file", archive));
        seen.Verdict.ShouldBe("Accepted", string.Join('\n', seen.Findings));
        seen.Findings.ShouldContain(finding => finding.Code == "contribution" && finding.Result == "holds");
        check.Later.ShouldBeEmpty();
        await auditor.Picture("bicycle-8-verified");
    }

    private async Task<Visitor> SignIn(SharedPortal city, string person, string address)
    {
        var visitor = await Visit(other: city);
        await visitor.SignIn(person, address);
        return visitor;
    }
}
