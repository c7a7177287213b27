using System.Net;
using Scoring.Hosting;

namespace Scoring.SignIn;

/// <summary>What a person typed is not lost when their session ends meanwhile.</summary>
public sealed class KeptFormTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Session = "portal-session";
    private const string Field = "#a-distanceKm";
    private const string Kept = "portal-form";

    [Fact]
    public async Task A_form_that_was_sent_too_late_is_filled_in_after_the_next_sign_in()
    {
        var subject = await Portal.Enrol("participant-2");
        var visitor = await Visit();
        await visitor.SignIn("participant-2", subject.Path + "/what-if?type=traffic.trip");
        await visitor.Page.Locator(Field).FillAsync("77");
        await visitor.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = Session });
        visitor.Watch.Expect(401);

        await visitor.Follow("form[method=post].page button[type=submit]");

        (await visitor.Page.Locator("h1").InnerTextAsync()).ShouldNotBeEmpty();
        await visitor.Picture("session-over");
        await visitor.Follow("main a.button");
        if (visitor.Page.Url.StartsWith(Portal.Issuer.AbsoluteUri, StringComparison.Ordinal)) await visitor.Choose("participant-2");
        visitor.Path.ShouldBe(subject.Path + "/what-if");
        (await visitor.Page.Locator(Field).InputValueAsync()).ShouldBe("77");
        // Once: the next visit of the page begins with an empty form.
        await visitor.Open(subject.Path + "/what-if?type=traffic.trip");
        (await visitor.Page.Locator(Field).InputValueAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kept_form_is_of_one_browser_and_one_page()
    {
        var own = VisitByHttp();
        var foreign = VisitByHttp();
        var first = await Portal.Enrol("participant-2");
        var second = await Portal.Enrol("participant-2");
        var late = await own.Send(first.Path + "/what-if", Portal.Address.OriginalString, ("day", "2020-02-29"));
        late.Status.ShouldBe(HttpStatusCode.Unauthorized);
        late.Headers["Set-Cookie"].ShouldContain(Kept + "=");

        await foreign.SignIn("participant-2");
        (await foreign.Open(first.Path + "/what-if")).Text.ShouldNotContain("2020-02-29");
        await own.SignIn("participant-2");
        (await own.Open(second.Path + "/what-if")).Text.ShouldNotContain("2020-02-29");
        (await own.Open(first.Path + "/what-if")).Text.ShouldContain("2020-02-29");
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task A_form_of_a_foreign_page_is_not_kept(string? origin)
    {
        var answer = await VisitByHttp().Send("/my/safe-driver/0/what-if", origin, ("day", "2020-02-29"));
        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.GetValueOrDefault("Set-Cookie", "").ShouldNotContain(Kept);
    }
}
