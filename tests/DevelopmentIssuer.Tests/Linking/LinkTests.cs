using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Linking;

public sealed class LinkTests(SharedIssuer issuer)
{
    private const string Return = "http://127.0.0.1:1/linked?from=traffic";
    private const string State = "a_state-of-22-characters";

    private static readonly Dictionary<string, string> Sound = new()
    {
        ["programme"] = "safe-driver", ["subject"] = "a-subject", ["audience"] = TestIssuer.Installation, ["state"] = State,
        ["return_uri"] = Return,
    };

    [Fact]
    public async Task The_chosen_thing_comes_back_as_a_signed_proof_in_a_form()
    {
        using var browser = new Browser(issuer.Issuer.Address);
        var page = await browser.Open(Address());
        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        page.Text.ShouldContain("Traffic of the test");

        var answer = await browser.Submit(page, ("thing", "car-1"));

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Action.ShouldBe(Return);
        answer.Hidden.Select(field => field.Key).ShouldBe(["state", "proof"]);
        answer.Field("state").ShouldBe(State);
        answer.Headers["Content-Security-Policy"].ShouldContain("form-action 'self' http://127.0.0.1:1 ");
        answer.Headers["Cache-Control"].ShouldContain("no-store");
        var source = issuer.Issuer.Setup.Sources[0];
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(answer.Field("proof"), new TokenValidationParameters
        {
            ValidIssuer = source.Id, ValidAudience = TestIssuer.Installation, ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKey = new JsonWebKey(source.Key.Public.ToJsonString()), RequireExpirationTime = true,
        });
        result.IsValid.ShouldBeTrue(result.Exception?.Message);
        result.Claims["sub"].ShouldBe("a-subject");
        result.Claims["programme"].ShouldBe("safe-driver");
        result.Claims["handle"].ToString().ShouldNotBeNull().ShouldMatch("^[A-Za-z0-9_-]{16,128}$");
        ((JsonWebToken)result.SecurityToken).Kid.ShouldBe("traffic");
    }

    [Fact]
    public async Task A_thing_has_one_handle_in_a_programme_and_another_one_in_every_other_programme_and_source()
    {
        var first = await Handle("traffic", "car-1", "safe-driver");

        (await Handle("traffic", "car-1", "safe-driver")).ShouldBe(first);
        new[]
        {
            first, await Handle("traffic", "car-2", "safe-driver"), await Handle("traffic", "car-1", "fair-payer"),
            await Handle("payment", "card-1", "safe-driver"),
        }.ShouldBeUnique();
    }

    [Fact]
    public async Task A_person_who_links_nothing_goes_back_with_the_state_and_an_error()
    {
        using var browser = new Browser(issuer.Issuer.Address);

        var answer = await browser.Submit(await browser.Open(Address()), ("thing", ""));

        answer.Hidden.ShouldBe([KeyValuePair.Create("state", State), KeyValuePair.Create("error", "access_denied")]);
    }

    [Fact]
    public async Task A_proof_is_valid_for_five_minutes()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await using var still = await TestIssuer.Start(time);
        using var browser = new Browser(still.Address);

        var answer = await browser.Submit(await browser.Open(Address()), ("thing", "car-1"));

        var claims = RelyingParty.Claims(answer.Field("proof"));
        claims.GetProperty("iat").GetInt64().ShouldBe(time.GetUtcNow().ToUnixTimeSeconds());
        claims.GetProperty("exp").GetInt64().ShouldBe(time.GetUtcNow().ToUnixTimeSeconds() + 300);
    }

    public static TheoryData<string, string?> Deviations => new()
    {
        { "programme", null }, { "programme", "" }, { "programme", "Safe Driver" }, { "programme", "<script>alert(1)</script>" },
        { "subject", null }, { "subject", "" }, { "subject", "a\nb" }, { "subject", new string('a', 513) },
        { "audience", null }, { "audience", "urn:scoring:another" }, { "audience", "<script>alert(1)</script>" },
        { "state", null }, { "state", "" }, { "state", new string('a', 21) }, { "state", new string('a', 129) },
        { "state", "\"><script>alert(1)</script>" },
        { "return_uri", null }, { "return_uri", "/linked" }, { "return_uri", "https://foreign.example/" },
        { "return_uri", "http://127.0.0.1:1.foreign.example/" }, { "return_uri", "http://127.0.0.1:12/" },
        { "return_uri", "http://127.0.0.1:1@foreign.example/" }, { "return_uri", "http://me@127.0.0.1:1/" },
        { "return_uri", "javascript:alert(1)" }, { "return_uri", "//127.0.0.1:1/" }, { "return_uri", "https://127.0.0.1:1/" },
        { "return_uri", "http://127.0.0.1:1/#fragment" },
    };

    [Theory, MemberData(nameof(Deviations))]
    public async Task Every_deviation_is_refused_in_one_way_by_page_and_form(string name, string? value)
    {
        using var browser = new Browser(issuer.Issuer.Address);
        var page = await browser.Open(Address());
        var fields = page.Hidden.Where(field => field.Key != name).Append(KeyValuePair.Create("thing", "car-1"));
        if (value is not null) fields = fields.Append(KeyValuePair.Create(name, value));

        foreach (var answer in new[]
        {
            await browser.Open(Address(changes: (name, value))), await browser.Post("/link/traffic", fields),
        })
        {
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
            answer.Text.ShouldContain("The request to link something is not valid.");
            answer.Text.ShouldNotContain("<form");
            answer.Text.ShouldNotContain("<script");
        }
    }

    [Fact]
    public async Task A_parameter_that_comes_twice_an_unknown_source_and_an_unknown_thing_are_refused()
    {
        using var browser = new Browser(issuer.Issuer.Address);
        (await browser.Open(Address() + "&subject=another")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.Open(Address("unknown"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        var page = await browser.Open(Address());
        (await browser.Submit(page, ("thing", "card-1"))).Status.ShouldBe(HttpStatusCode.BadRequest, "a thing of another source");
        (await browser.Submit(page)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.Submit(page, ("thing", "car-1"), ("thing", "car-2"))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_form_of_another_site_gets_no_proof()
    {
        using var browser = new Browser(issuer.Issuer.Address);
        await browser.Open(Address());

        var answer = await browser.Post("/link/traffic", [.. Sound, KeyValuePair.Create("thing", "car-1")]);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Text.ShouldNotContain("proof");
    }

    [Fact]
    public async Task Script_in_a_parameter_is_shown_as_text()
    {
        using var browser = new Browser(issuer.Issuer.Address);
        const string script = "\"><script>alert(1)</script>";
        var page = await browser.Open(Address(changes: [("subject", script), ("return_uri", Return + script)]));
        page.Text.ShouldNotContain("<script");
        page.Field("subject").ShouldBe(script);

        var answer = await browser.Submit(page, ("thing", "car-1"));

        answer.Text.ShouldNotContain("<script");
        RelyingParty.Claims(answer.Field("proof")).GetProperty("sub").GetString().ShouldBe(script);
        answer.Action.ShouldBe(Return + script);
    }

    private async Task<string> Handle(string source, string thing, string programme)
    {
        using var browser = new Browser(issuer.Issuer.Address);
        var answer = await browser.Submit(await browser.Open(Address(source, ("programme", programme))), ("thing", thing));
        return RelyingParty.Claims(answer.Field("proof")).GetProperty("handle").GetString()!;
    }

    private static string Address(string source = "traffic", params (string Name, string? Value)[] changes)
    {
        var query = Sound.ToDictionary(pair => pair.Key, string? (pair) => pair.Value);
        foreach (var (name, value) in changes) query[name] = value;
        return QueryHelpers.AddQueryString("/link/" + source, query.Where(parameter => parameter.Value is not null));
    }
}
