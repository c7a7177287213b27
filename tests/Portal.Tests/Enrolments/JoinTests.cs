using System.Text.Json;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Enrolments;

/// <summary>Joining a programme and leaving it again, as a person does it.</summary>
public sealed class JoinTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Programme = "safe-driver";
    private const string Source = "traffic.city.example";

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 1280)]
    [InlineData(true, VisitorSettings.Phone)]
    public async Task A_person_joins_in_five_screens_and_leaves_in_one(bool hasScript, int width)
    {
        var visitor = await Visit(new VisitorSettings(Width: width, HasScript: hasScript));
        await visitor.SignIn("participant-3", $"/programmes/{Programme}");
        await visitor.Join(Programme, Source, "car-3", async _ => await Fits(visitor, width));
        JoinPage.Steps.Count.ShouldBeLessThanOrEqualTo(5);

        visitor.Path.ShouldEndWith("/receipt");
        await Fits(visitor, width);
        var root = Joining.RootOf(visitor.Path);
        Payload(await visitor.Page.Locator("#receipt").TextContentAsync()).GetRawText().ShouldContain(Programme);
        await visitor.Open(root);
        (await visitor.Page.Locator("#score-value .value").InnerTextAsync()).ShouldBe("500");

        await visitor.Follow($"a[href='{root}/leave']");
        await Fits(visitor, width);
        await visitor.Follow("main form[method=post] button[type=submit]");

        Payload(await visitor.Page.Locator("#receipt").TextContentAsync()).ValueKind.ShouldBe(JsonValueKind.Object);
        await Fits(visitor, width);
        await visitor.Picture("left");
        await visitor.Open(root, 404);
        await visitor.Open("/my");
        (await visitor.Page.Locator($"a[href='{root}']").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Everything_from_sign_in_to_leaving_can_be_done_by_keyboard()
    {
        var visitor = await Visit();
        await visitor.Open($"/programmes/{Programme}");
        await visitor.Press("main a[href$='/join']");
        await visitor.Press("button[name=person][value='participant-3']");
        foreach (var step in JoinPage.Steps)
        {
            visitor.Path.ShouldBe(JoinPage.PathOf(Programme, step));
            if (step == "link")
            {
                await visitor.Press($"main a[href^='/link/start'][href*='{Source}']");
                await visitor.Press("button[name=thing][value='car-3']");
                await visitor.Press("main form button");
            }
            await visitor.Press(step == "check" ? "main form[method=post] button[type=submit]" : "main > .actions a.button");
        }
        visitor.Path.ShouldEndWith("/receipt");
        await visitor.Press("nav a[href$='/leave']");
        await visitor.Press("main form[method=post] button[type=submit]");
        (await visitor.Page.Locator("#receipt").TextContentAsync()).ShouldNotBeNullOrEmpty();
        await visitor.Press("header form button");
        visitor.Path.ShouldBe("/signed-out");
    }

    [Fact]
    public async Task A_minor_cannot_join()
    {
        var visitor = await Visit();
        await visitor.SignIn("participant-minor", $"/programmes/{Programme}");
        visitor.Watch.Expect(403);
        await visitor.Join(Programme, Source, "car-2");
        await visitor.Picture("adults-only");
        (await visitor.Page.Locator("h1").InnerTextAsync()).ShouldBe("Only adults can join");
        await visitor.Open("/my");
        (await visitor.Page.Locator("main a[href^='/my/']").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_person_who_links_nothing_cannot_agree()
    {
        var visitor = await Visit();
        await visitor.SignIn("participant-3", JoinPage.PathOf(Programme, "link"));
        await visitor.Follow($"main a[href^='/link/start'][href*='{Source}']");
        await visitor.Follow("button[name=thing][value='']");
        await visitor.Follow("main form button");
        new Uri(visitor.Page.Url).PathAndQuery.ShouldBe(JoinPage.PathOf(Programme, "link") + "?outcome=access_denied");
        (await visitor.Page.Locator(".notice.warn").CountAsync()).ShouldBe(1);
        await visitor.Follow("main > .actions a.button");
        (await visitor.Page.Locator("main form button[type=submit]").CountAsync()).ShouldBe(0);
    }

    private static async Task Fits(Visitor visitor, int width) =>
        (await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"))
            .ShouldBeLessThanOrEqualTo(width, visitor.Path);

    /// <summary>What a compact JWS says.</summary>
    private static JsonElement Payload(string? receipt) => RelyingParty.Claims(receipt.ShouldNotBeNull().Trim());
}
