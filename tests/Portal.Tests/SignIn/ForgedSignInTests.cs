using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.SignIn;

/// <summary>What comes back from the provider counts in the browser that began the sign-in, and once.</summary>
public sealed class ForgedSignInTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Callback = "/signin-oidc";

    [Theory]
    [InlineData("?code=a-code&state=a-state")]
    [InlineData("?code=a-code")]
    [InlineData("?error=access_denied&state=a-state")]
    [InlineData("")]
    public async Task A_forged_answer_is_refused(string query) => Refused(await VisitByHttp().Open(Callback + query));

    [Fact]
    public async Task An_answer_to_another_browser_is_refused()
    {
        var answer = await VisitByHttp().Callback();
        Refused(await VisitByHttp().Open(answer.PathAndQuery));
    }

    [Fact]
    public async Task An_answer_counts_once()
    {
        var visit = VisitByHttp();
        var answer = await visit.Callback();
        (await visit.Open(answer.PathAndQuery)).Status.ShouldBe(HttpStatusCode.Redirect);
        Refused(await visit.Open(answer.PathAndQuery));
    }

    /// <summary>Another person's code in this browser would sign the person in as another one.</summary>
    [Fact]
    public async Task A_code_of_another_sign_in_is_refused()
    {
        var own = VisitByHttp();
        var foreign = VisitByHttp();
        var answer = await own.Callback();
        var stolen = await foreign.Callback();
        var query = new Dictionary<string, string?>
        {
            ["state"] = Parameter(answer, "state"), ["code"] = Parameter(stolen, "code"), ["iss"] = Portal.Issuer.AbsoluteUri,
        };
        Refused(await own.Open(QueryHelpers.AddQueryString(Callback, query)));
        (await own.Open("/my")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_person_who_cancels_is_told_so()
    {
        var visit = VisitByHttp();
        var state = Parameter(await visit.Callback(), "state");
        Refused(await visit.Open(QueryHelpers.AddQueryString(
            Callback, new Dictionary<string, string?> { ["state"] = state, ["error"] = "access_denied" })));
    }

    private static string Parameter(Uri address, string name) => QueryHelpers.ParseQuery(address.Query)[name].ToString();

    private static void Refused(BrowserPage answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain("<h1>");
        answer.Text.ShouldContain("href=\"/sign-in?returnTo=");
        answer.Headers.GetValueOrDefault("Set-Cookie", "").ShouldNotContain("portal-session=CfDJ8");
    }
}
