using System.Text.Json.Nodes;
using Scoring.Hosting;

namespace Scoring.Editing;

/// <summary>An administrator writes a programme in the browser.</summary>
public sealed class EditorTests(SharedPortal portal) : PortalTest(portal)
{
    private const string New = "/admin/programmes/new";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_programme_is_written_from_nothing_refused_by_the_gate_mended_and_saved(bool hasScript)
    {
        var id = hasScript ? "everyday-cyclist" : "quiet-cyclist";
        var visitor = await Visit(new VisitorSettings(HasScript: hasScript));
        var page = visitor.Page;
        await visitor.SignIn("administrator-1", New);
        await visitor.FillTerms(id);
        await visitor.AddRules();
        (await page.Locator("[data-part=rule-0]").InnerTextAsync()).ShouldContain("at least 3 km");

        await RefusedByHand(visitor);
        await Mended(visitor);
        await Worked(visitor);

        await visitor.Save(id);
        (await visitor.Main()).ShouldContain("The draft is saved.");
        var saved = JsonNode.Parse(await page.Json())!;
        (saved["programme"]!["context"]!.ToString(), saved["ruleSet"]!["rules"]!.AsArray().Count).ShouldBe(("mobility", 2));
        saved["ruleSet"]!["rules"]![0]!["when"]!.ToJsonString().ShouldBe("""{"attribute":"distanceKm","atLeast":3}""");
        await RefusedAsTaken(visitor, id);
    }

    private static async Task RefusedByHand(Visitor visitor)
    {
        var page = visitor.Page;
        // The form has no forbidden context and no harm to choose. By hand they are refused at their fields.
        var draft = JsonNode.Parse(await page.Json())!;
        draft["programme"]!["context"] = "policing";
        draft["programme"]!["effects"] = new JsonArray(
            new JsonObject { ["tier"] = "gold", ["effect"] = "fine", ["description"] = "A fine for the others." });
        await page.Locator("#json").FillAsync(draft.ToJsonString());
        await visitor.Act("json");
        var problems = page.Locator("#problems");
        (await problems.InnerTextAsync()).ShouldContain("/programme/context");
        (await problems.InnerTextAsync()).ShouldContain("/programme/effects/0/effect");
        (await page.Locator("[id='programme.context-hint'] .fault").InnerTextAsync()).ShouldContain("mobility");
        (await problems.Locator("a").First.GetAttributeAsync("href")).ShouldBe("#programme.context");
        await visitor.Picture(visitor.Settings.HasScript ? "editor-refused" : "editor-refused-no-script");
    }

    private static async Task Mended(Visitor visitor)
    {
        var page = visitor.Page;
        await page.Field("programme.context").SelectOptionAsync("mobility");
        await page.Field("programme.effects.0.effect").SelectOptionAsync("voucher");
        await page.Field("programme.effects.0.description").FillAsync("A voucher for a repair.");
        await visitor.Check();
        (await page.Locator("#problems").CountAsync()).ShouldBe(0, await visitor.Main());
    }

    private static async Task Worked(Visitor visitor)
    {
        var page = visitor.Page;
        await visitor.Act("add:bench");
        await visitor.Check();
        await page.Field("bench.0.type").SelectOptionAsync("traffic.trip");
        await page.Field("bench.0.pattern").SelectOptionAsync("times");
        await visitor.Check();
        await page.Field("bench.0.a.distanceKm").FillAsync("5");
        await visitor.Check();
        (await page.Locator("[data-part=bench] table tbody th").Last.InnerTextAsync()).ShouldBe("rides");
        (await page.Locator("#bench-chart svg").CountAsync()).ShouldBeGreaterThan(0);
        await visitor.Picture(visitor.Settings.HasScript ? "editor-ready" : "editor-ready-no-script");
    }

    private static async Task RefusedAsTaken(Visitor visitor, string id)
    {
        var page = visitor.Page;
        await visitor.Open(New);
        await page.Field("programme.id").FillAsync(id);
        await visitor.Act("save");
        (await page.Locator("main [role=alert]").InnerTextAsync()).ShouldNotBeEmpty();
        (await page.Field("programme.id").InputValueAsync()).ShouldBe(id);
    }

    [Fact]
    public async Task The_differences_from_the_version_in_force_are_said_in_words()
    {
        var visitor = await Visit();
        await visitor.SignIn("administrator-1", "/admin/programmes/fair-payer/draft");
        await visitor.Page.Field("programme.purpose").FillAsync("Rewards paying in local shops.");
        await visitor.Page.Settle();
        var said = await visitor.Page.Locator("[data-part=differences]").InnerTextAsync();
        said.ShouldContain("The purpose is now: Rewards paying in local shops.");
        said.ShouldContain("Participants must renew their consent");
    }

    [Fact]
    public async Task Both_sides_at_once_are_a_conflict_in_which_nothing_is_lost()
    {
        var visitor = await Visit(new VisitorSettings(HasScript: false));
        var page = visitor.Page;
        await visitor.SignIn("administrator-1", New);
        await page.Field("programme.name").FillAsync("By the form");
        await page.Locator("#json").FillAsync("""{"programme":{"name":"By the JSON"}}""");
        await visitor.Act("check");
        (await page.Locator("#json-hint .fault").InnerTextAsync()).ShouldContain("have both changed");
        (await page.Field("programme.name").InputValueAsync()).ShouldBe("By the form");
        (await page.Json()).ShouldContain("By the JSON");
        await visitor.Act("json");
        (await page.Field("programme.name").InputValueAsync()).ShouldBe("By the JSON");
        await page.Locator("#json").FillAsync("{ broken");
        await visitor.Act("check");
        (await page.Locator("#json-hint .fault").InnerTextAsync()).ShouldContain("cannot be read");
        (await page.Json()).ShouldBe("{ broken");
        await visitor.Act("form");
        (await page.Json()).ShouldContain("By the JSON");
    }

    [Fact]
    public async Task Hostile_text_stays_text_on_both_sides()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\"'</textarea><script>alert(2)</script>";
        var visitor = await Visit();
        var page = visitor.Page;
        await visitor.SignIn("administrator-1", New);
        string[] fields = ["programme.id", "programme.name", "programme.purpose", "ruleSet.tiers.1.name", "ruleSet.tiers.1.from"];
        foreach (var field in fields)
            await page.Field(field).FillAsync(Hostile);
        await page.Settle();
        await visitor.Act("add:ruleSet.rules");
        await page.Field("ruleSet.rules.0.reason").FillAsync(Hostile);
        await page.Settle();
        (await page.Field("programme.purpose").InputValueAsync()).ShouldBe(Hostile);
        JsonNode.Parse(await page.Json())!["programme"]!["name"]!.GetValue<string>().ShouldBe(Hostile);
        (await page.Locator("main img, main script").CountAsync()).ShouldBe(0);
    }
}
