using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Scoring.Clients;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Tokens;

public sealed class LogoutTests(SharedIssuer issuer)
{
    private const string State = "state & more";

    private static readonly string Back = new Uri(TestIssuer.Portal, IssuerClient.SignedOutPath).ToString();

    [Fact]
    public async Task A_logout_with_the_ID_token_ends_session_and_refresh_and_leads_back_with_the_state()
    {
        using var portal = issuer.PortalClient();
        var tokens = await portal.SignIn("participant");

        var answer = await portal.Browser.Open(Logout(("id_token_hint", tokens.GetProperty("id_token").GetString()!)));

        answer.Status.ShouldBe(HttpStatusCode.Redirect, answer.Text);
        answer.Location!.GetLeftPart(UriPartial.Path).ShouldBe(Back);
        RelyingParty.Parameter(answer.Location, "state").ShouldBe(State);
        (await portal.Browser.Open(portal.Request(("prompt", "none")))).Location!.Query.ShouldContain("error=login_required");
        (await portal.Refresh(tokens.GetProperty("refresh_token").GetString()!)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_logout_without_the_ID_token_asks_first()
    {
        using var portal = issuer.PortalClient();
        await portal.SignIn("participant");

        var page = await portal.Browser.Open(Logout(("client_id", "portal")));

        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        (await portal.Browser.Open(portal.Request(("prompt", "none")))).Location!.Query.ShouldContain("code=", Case.Sensitive, "signed in");
        var answer = await portal.Browser.Submit(page);
        answer.Location!.GetLeftPart(UriPartial.Path).ShouldBe(Back);
        RelyingParty.Parameter(answer.Location, "state").ShouldBe(State);
        (await portal.Browser.Open(portal.Request(("prompt", "none")))).Location!.Query.ShouldContain("error=login_required");
    }

    [Fact]
    public async Task A_form_of_another_site_signs_no_one_out()
    {
        using var portal = issuer.PortalClient();
        await portal.SignIn("participant");

        await portal.Browser.Post("/connect/logout", [KeyValuePair.Create("client_id", "portal")]);

        (await portal.Browser.Open(portal.Request(("prompt", "none")))).Location!.Query.ShouldContain("code=");
    }

    [Fact]
    public async Task The_ID_token_of_another_person_does_not_end_a_session_unasked()
    {
        using var other = issuer.PortalClient();
        var foreign = (await other.SignIn("participant-2")).GetProperty("id_token").GetString()!;
        using var portal = issuer.PortalClient();
        await portal.SignIn("participant");

        var answer = await portal.Browser.Open(Logout(("id_token_hint", foreign)));

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        (await portal.Browser.Open(portal.Request(("prompt", "none")))).Location!.Query.ShouldContain("code=");
    }

    [Fact]
    public async Task A_foreign_address_to_return_to_is_refused()
    {
        using var portal = issuer.PortalClient();
        var tokens = await portal.SignIn("participant");

        var answer = await portal.Browser.Open(Logout(
            ("id_token_hint", tokens.GetProperty("id_token").GetString()!), ("post_logout_redirect_uri", "https://foreign.example/")));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Location.ShouldBeNull();
    }

    private static string Logout(params (string Name, string Value)[] parameters)
    {
        var query = new Dictionary<string, string?> { ["post_logout_redirect_uri"] = Back, ["state"] = State };
        foreach (var (name, value) in parameters) query[name] = value;
        return QueryHelpers.AddQueryString("/connect/logout", query);
    }
}
