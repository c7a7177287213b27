using System.Net;
using Scoring.Hosting;

namespace Scoring.Frame;

/// <summary>Every answer has the headers that keep foreign pages and scripts out, also the answer of a failure.</summary>
public sealed class PageHeaderTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData("GET", "/", HttpStatusCode.OK)]
    [InlineData("GET", "/verify", HttpStatusCode.OK)]
    [InlineData("GET", "/verifier/no-build/worker.js", HttpStatusCode.NotFound)]
    [InlineData("GET", "/verify/proof.json", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/my", HttpStatusCode.Redirect)]
    [InlineData("GET", "/no/such/page", HttpStatusCode.NotFound)]
    [InlineData("GET", "/my/safe-driver/0/no-page", HttpStatusCode.NotFound)]
    [InlineData("GET", "/programmes/no-programme/join", HttpStatusCode.Redirect)]
    [InlineData("GET", "/programmes/no-programme", HttpStatusCode.NotFound)]
    [InlineData("GET", "/programmes/safe-driver/rules?version=x", HttpStatusCode.NotFound)]
    [InlineData("GET", "/assets/no-hash/portal.css", HttpStatusCode.NotFound)]
    [InlineData("GET", "/signin-oidc", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/health/live", HttpStatusCode.NoContent)]
    [InlineData("GET", "/language/xx", HttpStatusCode.NotFound)]
    [InlineData("GET", "/robots.txt", HttpStatusCode.OK)]
    [InlineData("POST", "/sign-out", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/my/safe-driver/0/what-if", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "/link/return", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "/sign-out", HttpStatusCode.NotFound)]
    public async Task An_answer_has_the_security_headers(string method, string path, HttpStatusCode status) =>
        await Check(Portal.Address, method, path, status);

    [Fact]
    public async Task The_page_of_a_platform_that_does_not_answer_has_them_too()
    {
        await using var alone = await TestPortal.Start(new PortalOptions());
        await Check(alone.Address, "GET", "/", HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_form_past_the_limit_is_refused_with_a_page()
    {
        using var http = Http();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("text", new string('t', 70_000))]);
        using var answer = await http.PostAsync(new Uri(Portal.Address, "/link/return"), form);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<h1>");
    }

    private static async Task Check(Uri portal, string method, string path, HttpStatusCode status)
    {
        using var http = Http();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(portal, path));
        using var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(status);

        string Header(string name) => answer.Headers.Concat(answer.Content.Headers)
            .FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.Single() ?? "";
        Header("Content-Security-Policy").ShouldSatisfyAllConditions(
            policy => policy.ShouldStartWith("default-src 'none';"),
            policy => policy.ShouldContain("frame-ancestors 'none'"),
            policy => policy.ShouldContain("base-uri 'none'"),
            policy => policy.ShouldContain("require-trusted-types-for 'script'"),
            policy => policy.ShouldNotContain("unsafe"),
            policy => policy.ShouldNotContain("data:"),
            policy => policy.ShouldNotContain("*"));
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("X-Frame-Options").ShouldBe("DENY");
        Header("Referrer-Policy").ShouldBe("same-origin");
        Header("Permissions-Policy").ShouldNotBeEmpty();
        Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header("Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        Header("Cache-Control").ShouldContain("no-store");
        Header("Server").ShouldBeEmpty();
        if (status >= HttpStatusCode.BadRequest) (await answer.Content.ReadAsStringAsync()).ShouldContain("<h1>");
    }

    private static HttpClient Http() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
}
