using System.Net;
using System.Text.RegularExpressions;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Pages;

public sealed partial class PageTests(SharedIssuer issuer)
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; "
        + "form-action 'self' http://127.0.0.1:1 http://127.0.0.1:2; frame-ancestors 'none'; base-uri 'none'";

    public static TheoryData<string> Addresses =>
        ["/", "/sign-in", "/signed-out", "/connect/authorize", "/link/traffic", "/no-such-page"];

    [Theory, MemberData(nameof(Addresses))]
    public async Task Every_page_has_the_headers_and_the_form_that_a_strict_policy_needs(string address)
    {
        using var browser = new Browser(issuer.Issuer.Address);
        ShouldBeStrict(await browser.Open(address));
    }

    [Fact]
    public async Task The_pages_with_forms_need_no_script_and_no_inline_style()
    {
        using var portal = issuer.PortalClient();
        var page = await portal.Browser.Open((await portal.Browser.Open(portal.Request())).Location!.ToString());
        page.Status.ShouldBe(HttpStatusCode.OK);
        ShouldBeStrict(page);
        page.Headers["Set-Cookie"].ShouldContain("httponly", Case.Insensitive);
        page.Headers["Set-Cookie"].ShouldContain("samesite=strict", Case.Insensitive);
        var signedIn = await portal.Browser.Submit(page, ("person", "participant"));
        signedIn.Headers["Set-Cookie"].ShouldContain("httponly", Case.Insensitive);
        signedIn.Headers["Set-Cookie"].ShouldContain("samesite=lax", Case.Insensitive);
        ShouldBeStrict(await portal.Browser.Open("/connect/logout"));
    }

    [Fact]
    public async Task The_style_sheet_is_served_by_the_issuer_and_loads_nothing()
    {
        using var browser = new Browser(issuer.Issuer.Address);

        var style = await browser.Open("/style.css");

        style.Headers["Content-Type"].ShouldBe("text/css; charset=utf-8");
        style.Text.ShouldContain("prefers-color-scheme: dark");
        style.Text.ShouldNotContain("url(");
        style.Text.ShouldNotContain("@import");
    }

    [Fact]
    public async Task A_request_for_another_host_is_refused()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(issuer.Issuer.Address, "/.well-known/openid-configuration"));
        request.Headers.Host = "foreign.example";

        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_form_past_its_limit_is_refused()
    {
        using var browser = new Browser(issuer.Issuer.Address);

        var answer = await browser.Post("/sign-in", [KeyValuePair.Create("person", new string('a', 70_000))]);

        answer.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge, answer.Text);
    }

    private static void ShouldBeStrict(BrowserPage page)
    {
        page.Headers.GetValueOrDefault("Content-Type").ShouldBe("text/html; charset=utf-8", page.ToString());
        page.Headers["Content-Security-Policy"].ShouldBe(Policy);
        page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        page.Headers["X-Frame-Options"].ShouldBe("DENY");
        page.Headers["Referrer-Policy"].ShouldBe("no-referrer");
        page.Headers["Cache-Control"].ShouldContain("no-store");
        page.Headers.ContainsKey("Server").ShouldBeFalse();
        page.Text.ShouldContain("<html lang=\"en\">");
        page.Text.ShouldContain("width=device-width");
        Headings().Count(page.Text).ShouldBe(1);
        page.Text.ShouldNotContain("<script");
        page.Text.ShouldNotContain("style=");
        page.Text.ShouldNotContain("<!--");
    }

    [GeneratedRegex("<h1[ >]")]
    private static partial Regex Headings();
}
