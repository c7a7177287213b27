using Scoring.Hosting;

namespace Scoring.Grants;

/// <summary>Letting a service ask, and taking that back.</summary>
public sealed class GrantTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_grant_is_shown_once_serves_its_service_and_is_taken_back_in_two_clicks(bool hasScript)
    {
        var subject = await Portal.Enrol("participant-2");
        await Portal.Send(subject, "traffic.vehicle-check", ("result", "pass"));
        var before = (await subject.Calls.ListGrants()).Count;
        var visitor = await Visit(new VisitorSettings(HasScript: hasScript));
        await visitor.SignIn("participant-2", subject.Path + "/grants");
        await visitor.Follow("main a[href$='/grants/new']");
        await visitor.Page.Locator("input[name=service]").First.CheckAsync();
        await visitor.Page.Locator("#uses").FillAsync("3");
        await visitor.Follow("main form[method=post] button[type=submit]");
        var token = (await visitor.Page.Locator("#shown-once").InnerTextAsync()).Trim();

        (await Portal.Query(token)).Score.ShouldBe(580);
        await visitor.Open(subject.Path + "/who-looked");
        (await visitor.Page.Locator("[data-live-part=looks] li").CountAsync()).ShouldBe(1);
        (await visitor.Main()).ShouldContain("580");
        foreach (var page in new[] { "/grants", "/timeline", "/who-looked" })
        {
            await visitor.Open(subject.Path + page);
            (await visitor.Page.ContentAsync()).ShouldNotContain(token);
        }

        await visitor.Open(subject.Path + "/grants");
        await visitor.Follow("button[name=grant]");
        await visitor.Follow("main button.danger");

        (await subject.Calls.ListGrants()).Count.ShouldBe(before);
        (await Portal.Query(token)).Score.ShouldBe(500);
        (await subject.Calls.ReadLooks()).Looks.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    [InlineData("1000001")]
    public async Task A_wrong_number_is_said_at_its_field_and_stays_there(string uses)
    {
        var subject = await Portal.Enrol("participant-2");
        var visitor = await Visit();
        await visitor.SignIn("participant-2", subject.Path + "/grants/new");
        await visitor.Page.Locator("input[name=service]").First.CheckAsync();
        await visitor.Page.Locator("#uses").FillAsync(uses);
        await visitor.Follow("main form[method=post] button[type=submit]");
        (await visitor.Page.Locator(".notice.error a[href='#uses']").CountAsync()).ShouldBe(1);
        (await visitor.Page.Locator("#uses").InputValueAsync()).ShouldBe(uses);
        (await subject.Calls.ListGrants()).Count.ShouldBe(1);
    }
}
