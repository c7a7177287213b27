using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Scoring.Hosting;

namespace Scoring.Authentication;

public sealed class TokenCacheTests
{
    private const string OfSources = "/v1/events/contests";
    private const string OfParticipants = "/v1/me/subjects?programme=safe-driver";
    private const string OfAdministrators = "/v1/admin/programmes/safe-driver";
    private const string OfAuditors = "/v1/audit/inbox";

    [Theory]
    [InlineData("source", OfSources, "1000", 1)]
    [InlineData("source", OfSources, "0", 3)]
    [InlineData("participant", OfParticipants, "1000", 3)]
    [InlineData("administrator", OfAdministrators, "1000", 3)]
    [InlineData("auditor", OfAuditors, "1000", 3)]
    public async Task The_signature_of_a_machines_token_is_checked_once(string role, string path, string entriesMax, int checks)
    {
        await using var gateway = await TestGateway.Start(("Gateway:Tokens:CacheEntriesMax", entriesMax));
        var signatures = CountedSignatures.Of(gateway);
        var token = gateway.Token(role);
        for (var i = 0; i < 3; i++) (await gateway.Get(path, token)).Status.ShouldBe(200);
        signatures.Checked.ShouldBe(checks);
    }

    [Fact]
    public async Task A_token_that_is_also_a_persons_is_checked_each_time()
    {
        await using var gateway = await TestGateway.Start(TimeProvider.System);
        var signatures = CountedSignatures.Of(gateway);
        var token = gateway.Token("source", d => d.Claims["roles"] = new[] { "source", "participant" });
        for (var i = 0; i < 3; i++) (await gateway.Get(OfSources, token)).Status.ShouldBe(200);
        signatures.Checked.ShouldBe(3);
    }

    [Fact]
    public async Task A_known_token_is_refused_where_its_role_does_not_reach()
    {
        await using var gateway = await TestGateway.Start();
        var token = gateway.Token("source");
        for (var i = 0; i < 3; i++) (await gateway.Get(OfSources, token)).Status.ShouldBe(200);
        foreach (var path in new[] { OfParticipants, OfAdministrators, OfAuditors })
            (await gateway.Get(path, token)).Problem.ShouldBe("forbidden");
    }

    [Fact]
    public async Task A_changed_token_is_another_one()
    {
        await using var gateway = await TestGateway.Start();
        var token = gateway.Token("source");
        (await gateway.Get(OfSources, token)).Status.ShouldBe(200);
        foreach (var other in new[] { token[..^1], token + "A", "A" + token, token.ToUpperInvariant() })
            (await gateway.Get(OfSources, other)).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3629, 1)]
    [InlineData(3632, 2)]
    [InlineData(-61, 2)]
    public async Task A_known_token_is_checked_again_outside_its_time(int seconds, int checks)
    {
        var now = TimeProvider.System.GetUtcNow();
        var time = new FakeTimeProvider(now);
        await using var gateway = await TestGateway.Start(time);
        var signatures = CountedSignatures.Of(gateway);
        var token = gateway.Token("source", d =>
        {
            d.NotBefore = now.UtcDateTime;
            d.Expires = now.UtcDateTime.AddSeconds(3600);
        });
        (await gateway.Get(OfSources, token)).Status.ShouldBe(200);
        time.AdjustTime(now.AddSeconds(seconds));
        (await gateway.Get(OfSources, token)).Status.ShouldBe(200); // the library's own clock is the machine's
        signatures.Checked.ShouldBe(checks);
    }

    [Fact]
    public async Task A_known_token_is_refused_once_it_has_expired()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Tokens:ClockSkewSeconds", "0"));
        string token;
        do token = gateway.Token("source", d => d.Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(2));
        while ((await gateway.Get(OfSources, token)).Status != 200);
        await TestCondition.UntilAsync(async () => (await gateway.Get(OfSources, token)).Status == 401);
    }

    [Fact]
    public async Task The_cache_has_a_bound()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Tokens:CacheEntriesMax", "2"));
        var tokens = Enumerable.Range(0, 20).Select(_ => gateway.Token("source", d => d.Claims["jti"] = Guid.NewGuid())).ToArray();
        foreach (var token in tokens) (await gateway.Get(OfSources, token)).Status.ShouldBe(200);
        tokens.Count(token => Known(gateway, token) is not null).ShouldBeLessThanOrEqualTo(2);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("100001")]
    public async Task A_bound_out_of_its_range_stops_the_start(string max) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => TestGateway.Start(("Gateway:Tokens:CacheEntriesMax", max))))
        .Message.ShouldContain("CacheEntriesMax");

    [Fact]
    public async Task The_cache_holds_the_claims_that_are_read_and_no_token()
    {
        await using var gateway = await TestGateway.Start();
        var token = gateway.Token("source", d =>
        {
            d.Claims["client_id"] = "camera-client";
            d.Claims["name"] = "A name.";
        });
        (await gateway.Get(OfSources, token)).Status.ShouldBe(200);
        var known = Known(gateway, token).ShouldNotBeNull();
        known.Principal.Claims.Select(claim => claim.Type).ShouldBe(["sub", "roles", "source", "client_id"], ignoreOrder: true);
        var texts = HeldTexts.Of(known);
        texts.ShouldContain(Some.Source);
        foreach (var part in token.Split('.')) texts.ShouldNotContain(text => text.Contains(part));
        gateway.Log.Text.ShouldNotContain(token.Split('.')[2]);
    }

    private static KnownToken? Known(TestGateway gateway, string token) =>
        gateway.Services.GetRequiredService<TokenCache>().Find(TokenCache.HashOf(token));
}

/// <summary>Counts how often a gateway checks a signature.</summary>
internal sealed class CountedSignatures : CryptoProviderFactory
{
    private int _checked;

    public int Checked => _checked;

    public static CountedSignatures Of(TestGateway gateway)
    {
        var counted = new CountedSignatures();
        Bearer(gateway).TokenValidationParameters.CryptoProviderFactory = counted;
        return counted;
    }

    public static JwtBearerOptions Bearer(TestGateway gateway) =>
        gateway.Services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme);

    public override SignatureProvider CreateForVerifying(SecurityKey key, string algorithm)
    {
        Interlocked.Increment(ref _checked);
        return base.CreateForVerifying(key, algorithm);
    }
}
