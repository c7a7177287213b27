using Scoring.Hosting;

namespace Scoring.Editing;

/// <summary>Uses the editor of a draft as an administrator does.</summary>
internal static class EditorUse
{
    /// <summary>A programme for bicycles without problems, but for what a test leaves out.</summary>
    public static readonly (string Field, string Value)[] Terms =
    [
        ("programme.name", "Everyday cyclist"), ("programme.purpose", "Rewards people who keep a cargo bicycle in good order and ride it."),
        ("programme.controller.legalName", "City of Example"), ("programme.controller.contact", "bikes@city.example"),
        ("ruleSet.summary", "The first rules."), ("ruleSet.tiers.1.name", "gold"),
        ("assessment.affectedGroups", "Keepers of cargo bicycles\nTheir neighbours"),
        ("assessment.risks.0.risk", "A check is recorded wrongly."),
        ("assessment.risks.0.mitigation", "Every entry can be contested."),
    ];

    public static ILocator Field(this IPage page, string name) => page.Locator($"[id='{name}']");

    /// <summary>Waits until the platform has answered what was typed.</summary>
    public static Task Settle(this IPage page) =>
        page.WaitForFunctionAsync("() => !document.querySelector('[data-editor]').hasAttribute('data-pending')");

    /// <summary>Presses a button of the editor, with or without a script, and waits for its effect.</summary>
    public static async Task Act(this Visitor visitor, string action)
    {
        var button = visitor.Page.Locator($"button[name=act][value='{action}']").Last;
        if (!visitor.Settings.HasScript) await visitor.Page.RunAndWaitForNavigation(() => button.ClickAsync());
        else
        {
            await button.ClickAsync();
            await visitor.Page.Settle();
        }
    }

    /// <summary>Saves the draft and waits for the page of the draft that is stored.</summary>
    public static async Task Save(this Visitor visitor, string programme)
    {
        await visitor.Page.Locator("button[name=act][value=save]").ClickAsync();
        await visitor.Page.WaitUntilAt(at => at.PathAndQuery == $"/admin/programmes/{programme}/draft?outcome=saved");
    }

    /// <summary>Fills in everything but the context, in the form.</summary>
    public static async Task FillTerms(this Visitor visitor, string id)
    {
        var page = visitor.Page;
        await page.Field("programme.id").FillAsync(id);
        foreach (var (field, value) in Terms) await page.Field(field).FillAsync(value);
        await page.Field("programme.subjectKind").SelectOptionAsync("vehicle");
        await page.Field("type-traffic.trip").CheckAsync();
        await page.Field("type-traffic.vehicle-check").CheckAsync();
        if (visitor.Settings.HasScript) await page.Settle();
    }

    /// <summary>Adds a rule about trips with a condition, and one about checks with a table.</summary>
    public static async Task AddRules(this Visitor visitor)
    {
        var page = visitor.Page;
        await visitor.Act("add:ruleSet.rules");
        await page.Field("ruleSet.rules.0.id").FillAsync("rides");
        await page.Field("ruleSet.rules.0.reason").FillAsync("Rides of more than three kilometres.");
        await page.Field("ruleSet.rules.0.when.kind").SelectOptionAsync("one");
        await visitor.Check();
        await page.Field("ruleSet.rules.0.when.attribute").SelectOptionAsync("distanceKm");
        await visitor.Check();
        await page.Field("ruleSet.rules.0.when.op").SelectOptionAsync("atLeast");
        await page.Field("ruleSet.rules.0.when.value").FillAsync("3");
        await page.Field("ruleSet.rules.0.points.each").FillAsync("2");
        await page.Field("ruleSet.rules.0.capPerDay").FillAsync("4");
        await page.Field("ruleSet.rules.0.capPerWindow").FillAsync("120");
        await page.Field("ruleSet.rules.0.halfLifeDays").FillAsync("30");
        await visitor.Act("add:ruleSet.rules");
        await page.Field("ruleSet.rules.1.id").FillAsync("checks");
        await page.Field("ruleSet.rules.1.eventType").SelectOptionAsync("traffic.vehicle-check");
        await page.Field("ruleSet.rules.1.reason").FillAsync("Yearly checks.");
        await page.Field("ruleSet.rules.1.points.kind").SelectOptionAsync("by");
        await visitor.Check();
        await page.Field("ruleSet.rules.1.points.by").SelectOptionAsync("result");
        await visitor.Check();
        await page.Field("ruleSet.rules.1.points.row.pass").FillAsync("40");
        await page.Field("ruleSet.rules.1.capPerDay").FillAsync("40");
        await page.Field("ruleSet.rules.1.capPerWindow").FillAsync("80");
        await visitor.Check();
    }

    /// <summary>Has the draft checked: by itself, or by the button without a script.</summary>
    public static Task Check(this Visitor visitor) => visitor.Settings.HasScript ? visitor.Page.Settle() : visitor.Act("check");

    /// <summary>The JSON side as it is shown.</summary>
    public static Task<string> Json(this IPage page) => page.Locator("#json").InputValueAsync();
}
