using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Scoring.Hosting;

namespace Scoring.Authentication;

public sealed class TokenTests(RunningGateway running) : IClassFixture<RunningGateway>
{
    private const string Path = "/v1/me/subjects?programme=safe-driver";

    public static TheoryData<string> Flaws { get; } =
        ["issuer", "audience", "expired", "not-yet", "no-expiry", "other-key", "symmetric", "unsigned", "cut", "garbage"];

    [Theory, MemberData(nameof(Flaws))]
    public async Task A_flawed_token_is_refused_without_a_reason(string flaw)
    {
        var answer = await running.Gateway.Get(Path, Flawed(flaw));
        (answer.Status, answer.Problem).ShouldBe((401, "unauthenticated"));
        answer.Json.TryGetProperty("detail", out _).ShouldBeFalse();
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        running.Gateway.Log.Text.ShouldNotContain("IDX");
    }

    [Theory]
    [InlineData("at+jwt", 200)]
    [InlineData("application/at+jwt", 200)]
    [InlineData("JWT", 401)]
    [InlineData("id+jwt", 401)]
    [InlineData("dpop+jwt", 401)]
    [InlineData("consent-receipt+jwt", 401)]
    [InlineData("", 401)]
    [InlineData(null, 401)]
    public async Task A_token_of_another_type_is_no_access_token(string? type, int status) =>
        (await running.Gateway.Get(Path, Signed(running.Gateway, type, withExpiry: true))).Status.ShouldBe(status);

    [Fact]
    public async Task An_issuer_without_the_standards_type_is_accepted_only_by_configuration()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Tokens:Type", "JWT"));
        (await gateway.Get(Path, Signed(gateway, "JWT", withExpiry: true))).Status.ShouldBe(200);
        (await gateway.Get(Path, Signed(gateway, "at+jwt", withExpiry: true))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_valid_token_is_accepted() => (await running.Gateway.Get(Path, "participant")).Status.ShouldBe(200);

    [Theory]
    [InlineData("source", "/v1/events")]
    [InlineData("service", "/v1/scores/query")]
    public async Task A_role_without_the_claim_that_names_its_bearer_is_forbidden(string role, string path)
    {
        var without = running.Gateway.Token(role, d => d.Claims.Remove(role));
        var empty = running.Gateway.Token(role, d => d.Claims[role] = "");
        var twice = running.Gateway.Token(role, d => d.Claims[role] = new[] { "a", "b" });
        foreach (var token in new[] { without, empty, twice })
            (await running.Gateway.Send(HttpMethod.Post, path, token, "{}")).Problem.ShouldBe("forbidden");
    }

    [Fact]
    public async Task A_participant_without_a_name_is_forbidden() =>
        (await running.Gateway.Get(Path, running.Gateway.Token("participant", d => d.Claims.Remove("sub")))).Problem.ShouldBe("forbidden");

    [Fact]
    public async Task An_unregistered_source_is_refused()
    {
        var token = running.Gateway.Token("source", d => d.Claims["source"] = "urn:example:unknown");
        (await running.Gateway.Send(HttpMethod.Post, "/v1/events", token, Some.Event(), "application/cloudevents+json"))
            .Problem.ShouldBe("source-not-registered");
    }

    [Theory]
    [InlineData(null, null, 403)]
    [InlineData("camera-client", null, 202)]
    [InlineData(null, "camera-client", 202)]
    [InlineData("camera-client", "camera-client", 202)]
    [InlineData("spare-client", null, 202)]
    [InlineData("other-client", null, 403)]
    [InlineData("camera-client", "other-client", 403)]
    [InlineData("", null, 403)]
    public async Task A_source_with_clients_sends_through_them_only(string? clientId, string? azp, int status)
    {
        await using var gateway = await TestGateway.Start(TimeProvider.System, city => city.Catalogue = city.Catalogue with
        {
            Sources = [.. city.Catalogue.Sources.Select(source => source with { Clients = ["camera-client", "spare-client"] })],
        });
        var token = gateway.Token("source", d =>
        {
            if (clientId is not null) d.Claims["client_id"] = clientId;
            if (azp is not null) d.Claims["azp"] = azp;
        });
        for (var i = 0; i < 2; i++) // the second time, the token is known
        {
            var answer = await gateway.Send(HttpMethod.Post, "/v1/events", token, Some.Event(), "application/cloudevents+json");
            answer.Status.ShouldBe(status, answer.Text);
            if (status == 403) answer.Problem.ShouldBe("source-not-registered");
        }
    }

    [Fact]
    public async Task No_administrator_bears_the_platforms_own_name()
    {
        var platform = running.Gateway.Token("administrator", d => d.Claims["sub"] = "platform");
        (await running.Gateway.Get("/v1/admin/programmes/safe-driver", platform)).Problem.ShouldBe("forbidden");
    }

    [Fact]
    public async Task An_administrator_is_named_by_their_token()
    {
        var unnamed = running.Gateway.Token("administrator", d => d.Claims.Remove("sub"));
        (await running.Gateway.Get("/v1/admin/programmes/safe-driver", unnamed)).Problem.ShouldBe("forbidden");
        var twice = running.Gateway.Token("administrator", d => d.Claims["sub"] = new[] { "a", "b" });
        (await running.Gateway.Get("/v1/admin/programmes/safe-driver", twice)).Status.ShouldBeOneOf(401, 403);
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"oct","k":"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}]}""")]
    [InlineData("not json")]
    public async Task Unsuitable_keys_stop_the_start(string jwks) =>
        await Should.ThrowAsync<OptionsValidationException>(() => TestGateway.Start(("Gateway:Tokens:Jwks", jwks)));

    [Fact]
    public async Task A_start_without_any_keys_is_refused() =>
        await Should.ThrowAsync<OptionsValidationException>(() => TestGateway.Start(("Gateway:Tokens:Jwks", "")));

    private string Flawed(string flaw)
    {
        var gateway = running.Gateway;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var valid = gateway.Token("participant");
        switch (flaw)
        {
            case "issuer": return gateway.Token("participant", d => d.Issuer = "https://other.example");
            case "audience": return gateway.Token("participant", d => d.Audience = "other");
            case "expired": return Timed(gateway, now.AddHours(-2), now.AddHours(-1));
            case "not-yet": return Timed(gateway, now.AddHours(1), now.AddHours(2));
            case "no-expiry":
                return Signed(gateway, "at+jwt", withExpiry: false);
            case "other-key":
                using (var other = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    var credentials = new SigningCredentials(new ECDsaSecurityKey(other) { KeyId = "k1" }, "ES256");
                    return gateway.Token("participant", d => d.SigningCredentials = credentials);
                }

            case "symmetric":
                var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string('k', 64))) { KeyId = "k1" };
                return gateway.Token("participant", d => d.SigningCredentials = new(key, "HS256"));
            case "unsigned": return $"{Base64UrlEncoder.Encode("{\"alg\":\"none\"}")}.{valid.Split('.')[1]}.";
            case "cut": return valid[..^5];
            default: return "a.b.c";
        }
    }

    private static string Timed(TestGateway gateway, DateTime from, DateTime until) => gateway.Token("participant", d =>
    {
        d.NotBefore = from;
        d.IssuedAt = from;
        d.Expires = until;
    });

    /// <summary>Signs a token by hand, because the library always writes a type and an expiry.</summary>
    private static string Signed(TestGateway gateway, string? type, bool withExpiry)
    {
        static string Part(object part) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(part));
        var header = new Dictionary<string, string> { ["alg"] = "ES256", ["kid"] = "k1" };
        if (type is not null) header["typ"] = type;
        var payload = new Dictionary<string, object>
        {
            ["iss"] = TestGateway.Issuer, ["aud"] = "scoring", ["sub"] = Some.Participant, ["roles"] = new[] { "participant" },
        };
        if (withExpiry) payload["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var signed = $"{Part(header)}.{Part(payload)}";
        var key = ((ECDsaSecurityKey)gateway.Credentials.Key).ECDsa;
        return $"{signed}.{Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }
}
