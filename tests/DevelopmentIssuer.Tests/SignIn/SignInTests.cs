using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Scoring.Hosting;
using Scoring.People;
using Scoring.Testing;

namespace Scoring.SignIn;

public sealed class SignInTests(SharedIssuer issuer)
{
    private const string Script = "\"><script>alert(1)</script>";

    [Fact]
    public async Task The_page_shows_each_person_with_a_line_about_them()
    {
        using var portal = issuer.PortalClient();
        var page = await SignInPage(portal);

        var text = WebUtility.HtmlDecode(page.Text);
        foreach (var person in MadeUpPeople.All)
        {
            text.ShouldContain(person.Name);
            text.ShouldContain(person.Description);
        }
        MadeUpPeople.Administrators.Count.ShouldBe(4);
        MadeUpPeople.Participants.Count(person => !person.IsAdult).ShouldBe(1);
        MadeUpPeople.Auditors.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_minor_s_token_has_no_word_about_the_age()
    {
        using var portal = issuer.PortalClient();

        var claims = RelyingParty.Claims((await portal.SignIn("participant-minor")).GetProperty("access_token").GetString()!);

        RelyingParty.Only(claims, "roles").ShouldBe("participant");
        claims.TryGetProperty("age_over_18", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_form_of_another_site_signs_no_one_in()
    {
        using var portal = issuer.PortalClient();
        var page = await SignInPage(portal);

        var answer = await portal.Browser.Post(
            "/sign-in", [KeyValuePair.Create("return_url", page.Field("return_url")), KeyValuePair.Create("person", "participant")]);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        (await portal.Browser.Open(portal.Request(("prompt", "none")))).Location!.Query.ShouldContain("error=login_required");
    }

    [Theory]
    [InlineData("https://foreign.example/")]
    [InlineData("//foreign.example/connect/authorize?")]
    [InlineData("/connect/logout?")]
    [InlineData("/connect/authorize.foreign.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData(Script)]
    [InlineData("")]
    public async Task The_page_leads_to_the_authorization_endpoint_and_nowhere_else(string address)
    {
        using var portal = issuer.PortalClient();
        var shown = await portal.Browser.Open(QueryHelpers.AddQueryString("/sign-in", "return_url", address));
        var page = await SignInPage(portal);
        var token = page.Hidden.Single(field => field.Key != "return_url");
        var sent = await portal.Browser.Post(
            "/sign-in", [token, KeyValuePair.Create("return_url", address), KeyValuePair.Create("person", "participant")]);

        foreach (var answer in new[] { shown, sent })
        {
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
            answer.Location.ShouldBeNull();
            answer.Text.ShouldNotContain("<script");
        }
    }

    [Fact]
    public async Task An_unknown_person_is_refused()
    {
        using var portal = issuer.PortalClient();

        (await portal.Browser.Submit(await SignInPage(portal), ("person", Script))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("client_id")]
    [InlineData("redirect_uri")]
    [InlineData("response_type")]
    [InlineData("scope")]
    [InlineData("state")]
    [InlineData("nonce")]
    [InlineData("code_challenge")]
    [InlineData("code_challenge_method")]
    [InlineData("prompt")]
    [InlineData("login_hint")]
    public async Task Script_in_a_parameter_is_refused_or_shown_as_text(string name)
    {
        using var portal = issuer.PortalClient();

        var answer = await portal.Browser.Open(portal.Request((name, Script)));
        answer.Text.ShouldNotContain("<script");
        if (answer.Location is not { } next || !next.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal)) return;

        var page = await portal.Browser.Open(next.ToString());
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldNotContain("<script");
        RelyingParty.Parameter(new Uri(issuer.Issuer.Address, page.Field("return_url")), name).ShouldBe(Script);
    }

    private static async Task<BrowserPage> SignInPage(RelyingParty portal) =>
        await portal.Browser.Open((await portal.Browser.Open(portal.Request())).Location!.ToString());
}
