using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Scoring.Clients;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Tokens;

public sealed class CodeFlowTests(SharedIssuer issuer)
{
    [Fact]
    public async Task A_sign_in_gives_a_signed_access_token_for_the_platform_and_an_ID_token_for_the_client()
    {
        using var portal = issuer.PortalClient();
        var redirect = await portal.Authorize("participant");
        redirect.GetLeftPart(UriPartial.Path).ShouldBe(portal.Redirect);
        RelyingParty.Parameter(redirect, "state").ShouldBe(RelyingParty.State);

        var (status, tokens) = await portal.Exchange(RelyingParty.Parameter(redirect, "code"));

        status.ShouldBe(HttpStatusCode.OK, tokens.ToString());
        var access = tokens.GetProperty("access_token").GetString()!;
        RelyingParty.Header(access).GetProperty("typ").GetString().ShouldBe("at+jwt");
        RelyingParty.Header(access).GetProperty("alg").GetString().ShouldBe("ES256");
        var claims = RelyingParty.Claims(access);
        claims.GetProperty("iss").GetString().ShouldBe(issuer.Issuer.Address.ToString());
        claims.GetProperty("aud").GetString().ShouldBe("scoring");
        claims.GetProperty("client_id").GetString().ShouldBe("portal");
        claims.GetProperty("roles").GetRawText().ShouldBe("[\"participant\"]");
        claims.GetProperty("age_over_18").ValueKind.ShouldBe(JsonValueKind.True);
        claims.TryGetProperty("name", out _).ShouldBeFalse("the API learns no names");
        var identity = RelyingParty.Claims(tokens.GetProperty("id_token").GetString()!);
        identity.GetProperty("aud").GetString().ShouldBe("portal");
        identity.GetProperty("nonce").GetString().ShouldBe("a-nonce");
        identity.GetProperty("name").GetString().ShouldBe("Ada Sample");
        identity.GetProperty("sub").GetString().ShouldBe(claims.GetProperty("sub").GetString());
        identity.TryGetProperty("age_over_18", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_discovery_document_leads_to_the_key_that_verifies_the_tokens()
    {
        using var portal = issuer.PortalClient();
        var document = await portal.Get("/.well-known/openid-configuration");
        document.GetProperty("issuer").GetString().ShouldBe(issuer.Issuer.Address.ToString());
        RelyingParty.Only(document, "subject_types_supported").ShouldBe("pairwise");
        RelyingParty.Only(document, "code_challenge_methods_supported").ShouldBe("S256");
        RelyingParty.Only(document, "response_types_supported").ShouldBe("code");
        RelyingParty.Only(document, "id_token_signing_alg_values_supported").ShouldBe("ES256");
        document.GetProperty("end_session_endpoint").GetString().ShouldBe(new Uri(issuer.Issuer.Address, "/connect/logout").ToString());
        var keys = await portal.Get(new Uri(document.GetProperty("jwks_uri").GetString()!).AbsolutePath);
        keys.GetRawText().ShouldNotContain("\"d\"", Case.Sensitive, "a private key");

        var tokens = await portal.SignIn("administrator-4");

        foreach (var (token, audience, type) in new[] { ("access_token", "scoring", "at+jwt"), ("id_token", "portal", "JWT") })
        {
            var result = await new JsonWebTokenHandler().ValidateTokenAsync(tokens.GetProperty(token).GetString(), new()
            {
                ValidIssuer = document.GetProperty("issuer").GetString(), ValidAudience = audience, ValidTypes = [type],
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                IssuerSigningKeys = new JsonWebKeySet(keys.GetRawText()).GetSigningKeys(),
            });
            result.IsValid.ShouldBeTrue(result.Exception?.Message);
        }
    }

    [Fact]
    public async Task An_authorization_request_without_PKCE_is_refused()
    {
        using var portal = issuer.PortalClient();

        var answer = await portal.Browser.Open(portal.Request(("code_challenge", null), ("code_challenge_method", null)));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge_method", null)]
    [InlineData("response_type", "token")]
    [InlineData("response_type", "id_token")]
    [InlineData("scope", "openid another")]
    public async Task An_authorization_request_with_half_of_PKCE_or_of_another_kind_is_refused(string name, string? value)
    {
        using var portal = issuer.PortalClient();

        var answer = await portal.Browser.Open(portal.Request((name, value)));

        if (answer.Location is null) answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        else RelyingParty.Parameter(answer.Location, "error").ShouldBe("invalid_request");
        if (answer.Location is not null) RelyingParty.Parameter(answer.Location, "state").ShouldBe(RelyingParty.State);
    }

    [Theory]
    [InlineData("redirect_uri", "http://127.0.0.1:1/another")]
    [InlineData("redirect_uri", "https://foreign.example/signin-oidc")]
    [InlineData("redirect_uri", null)]
    [InlineData("client_id", "unknown")]
    public async Task A_foreign_redirect_address_or_client_is_refused_without_a_redirect(string name, string? value)
    {
        using var portal = issuer.PortalClient();

        var answer = await portal.Browser.Open(portal.Request((name, value)));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Location.ShouldBeNull();
        answer.Headers["Content-Type"].ShouldBe("text/html; charset=utf-8");
    }

    [Theory]
    [InlineData("code_verifier", "a-wrong-verifier-of-the-right-length-0123456789")]
    [InlineData("code_verifier", "")]
    [InlineData("client_secret", "a-wrong-secret")]
    [InlineData("redirect_uri", "http://127.0.0.1:1/another")]
    public async Task A_code_is_worth_nothing_without_its_verifier_secret_and_address(string name, string value)
    {
        using var portal = issuer.PortalClient();
        var code = RelyingParty.Parameter(await portal.Authorize("participant"), "code");

        var (status, answer) = await portal.Exchange(code, (name, value));

        ((int)status).ShouldBeInRange(400, 401, answer.ToString());
        answer.TryGetProperty("access_token", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_code_of_one_client_is_refused_for_another()
    {
        using var portal = issuer.PortalClient();
        using var other = issuer.ForeignClient();
        var code = RelyingParty.Parameter(await portal.Authorize("participant"), "code");

        var (status, answer) = await other.Exchange(code, ("code_verifier", portal.Verifier), ("redirect_uri", portal.Redirect));

        status.ShouldBe(HttpStatusCode.BadRequest, answer.ToString());
    }

    [Fact]
    public async Task A_code_that_is_used_twice_is_refused_and_takes_the_refresh_token_with_it()
    {
        using var portal = issuer.PortalClient();
        var code = RelyingParty.Parameter(await portal.Authorize("participant"), "code");
        var (_, first) = await portal.Exchange(code);

        var (status, second) = await portal.Exchange(code);

        status.ShouldBe(HttpStatusCode.BadRequest);
        second.GetProperty("error").GetString().ShouldBe("invalid_grant");
        (await portal.Refresh(first.GetProperty("refresh_token").GetString()!)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_its_second_use_ends_the_chain()
    {
        using var portal = issuer.PortalClient();
        var signedIn = await portal.SignIn("participant");
        var old = signedIn.GetProperty("refresh_token").GetString()!;

        var (status, renewed) = await portal.Refresh(old);

        status.ShouldBe(HttpStatusCode.OK, renewed.ToString());
        var next = renewed.GetProperty("refresh_token").GetString()!;
        next.ShouldNotBe(old);
        var before = RelyingParty.Claims(signedIn.GetProperty("access_token").GetString()!);
        var after = RelyingParty.Claims(renewed.GetProperty("access_token").GetString()!);
        foreach (var claim in (string[])["sub", "roles", "aud", "age_over_18", "client_id"])
            after.GetProperty(claim).GetRawText().ShouldBe(before.GetProperty(claim).GetRawText());
        (await portal.Refresh(old)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await portal.Refresh(next)).Status.ShouldBe(HttpStatusCode.BadRequest, "a copy may be in other hands");
    }

    [Fact]
    public async Task A_person_who_has_signed_in_is_not_asked_again_until_the_client_wants_it()
    {
        using var portal = issuer.PortalClient();
        (await portal.Browser.Open(portal.Request(("prompt", "none")))).Location!.Query.ShouldContain("error=login_required");
        await portal.Authorize("participant");

        (await portal.Browser.Open(portal.Request())).Location!.Query.ShouldContain("code=");
        (await portal.Browser.Open(portal.Request(("prompt", "none")))).Location!.Query.ShouldContain("code=");
        var again = await portal.Authorize("administrator-1", ("prompt", "login"));
        var (_, tokens) = await portal.Exchange(RelyingParty.Parameter(again, "code"));
        RelyingParty.Claims(tokens.GetProperty("access_token").GetString()!).GetProperty("sub").GetString().ShouldBe("administrator-1");
    }

    [Fact]
    public async Task An_issuer_of_the_same_setup_accepts_nothing_of_an_earlier_start_but_keeps_key_and_subjects()
    {
        var setup = TestIssuer.NewSetup();
        JsonElement before;
        await using (var first = await TestIssuer.Start(setup: setup))
        {
            using var client = first.PortalClient();
            before = await client.SignIn("participant-2");
        }
        await using var second = await TestIssuer.Start(setup: setup);
        using var portal = second.PortalClient();

        (await portal.Refresh(before.GetProperty("refresh_token").GetString()!)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var after = await portal.SignIn("participant-2");

        KeyAndSubject(after).ShouldBe(KeyAndSubject(before));

        static (string?, string?) KeyAndSubject(JsonElement tokens)
        {
            var token = tokens.GetProperty("access_token").GetString()!;
            return (
                RelyingParty.Header(token).GetProperty("kid").GetString(), RelyingParty.Claims(token).GetProperty("sub").GetString());
        }
    }
}
