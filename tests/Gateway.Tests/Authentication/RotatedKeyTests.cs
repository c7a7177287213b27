using System.Security.Cryptography;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Scoring.Hosting;

namespace Scoring.Authentication;

/// <summary>Checks tokens of an authority that changes its keys, with the library's own configuration manager.</summary>
public sealed class RotatedKeyTests
{
    private const string OfSources = "/v1/events/contests";

    [Fact]
    public async Task A_known_token_is_refused_once_its_key_is_rotated_out()
    {
        await using var gateway = await TestGateway.Start(TimeProvider.System);
        var authority = Authority.Of(gateway, acceptsFormerKeys: false);
        var token = gateway.Token("source");
        var signatures = CountedSignatures.Of(gateway);
        for (var i = 0; i < 3; i++) (await gateway.Get(OfSources, token)).Status.ShouldBe(200);
        signatures.Checked.ShouldBe(1);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Rotate(gateway, authority, next);
        (await gateway.Get(OfSources, token)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_token_of_a_former_key_is_checked_each_time()
    {
        await using var gateway = await TestGateway.Start(TimeProvider.System);
        var authority = Authority.Of(gateway, acceptsFormerKeys: true);
        var token = gateway.Token("source");
        for (var i = 0; i < 3; i++) (await gateway.Get(OfSources, token)).Status.ShouldBe(200);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Rotate(gateway, authority, next);
        var signatures = CountedSignatures.Of(gateway);
        for (var i = 0; i < 3; i++) (await gateway.Get(OfSources, token)).Status.ShouldBe(200);
        signatures.Checked.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_configured_set_may_hold_the_former_and_the_next_key()
    {
        using var former = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var gateway = await TestGateway.Start(
            ("Gateway:Tokens:Jwks", TestGateway.Jwks((former, "former"), (next, "next"))));
        (await gateway.Get(OfSources, Token(gateway, former, "former"))).Status.ShouldBe(200);
        (await gateway.Get(OfSources, Token(gateway, next, "next"))).Status.ShouldBe(200);
        (await gateway.Get(OfSources, Token(gateway, next, "former"))).Status.ShouldBe(401);
        (await gateway.Get(OfSources, gateway.Token("source"))).Status.ShouldBe(401);
    }

    private static string Token(TestGateway gateway, ECDsa key, string keyId) => gateway.Token(
        "source",
        descriptor => descriptor.SigningCredentials = new SigningCredentials(
            new ECDsaSecurityKey(key) { KeyId = keyId }, SecurityAlgorithms.EcdsaSha256));

    /// <summary>Replaces the authority's key, and waits until the gateway knows it.</summary>
    private static async Task Rotate(TestGateway gateway, Authority authority, ECDsa next)
    {
        var key = new ECDsaSecurityKey(next) { KeyId = "k2" };
        authority.Rotate(key);
        var token = gateway.Token("source", d => d.SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256));
        await TestCondition.UntilAsync(async () => (await gateway.Get(OfSources, token)).Status == 200);
    }

    private sealed class Authority : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        private volatile SecurityKey _key;

        private Authority(SecurityKey key)
        {
            _key = key;
            Manager = new ConfigurationManager<OpenIdConnectConfiguration>("https://tokens.example/configuration", this);
        }

        public ConfigurationManager<OpenIdConnectConfiguration> Manager { get; }

        public static Authority Of(TestGateway gateway, bool acceptsFormerKeys)
        {
            var authority = new Authority(gateway.Credentials.Key);
            authority.Manager.UseLastKnownGoodConfiguration = acceptsFormerKeys;
            var bearer = CountedSignatures.Bearer(gateway);
            bearer.ConfigurationManager = authority.Manager;
            bearer.TokenValidationParameters.IssuerSigningKeys = [];
            return authority;
        }

        public void Rotate(SecurityKey key) => _key = key;

        public Task<OpenIdConnectConfiguration> GetConfigurationAsync(
            string address, IDocumentRetriever retriever, CancellationToken cancellationToken)
        {
            var configuration = new OpenIdConnectConfiguration { Issuer = TestGateway.Issuer };
            configuration.SigningKeys.Add(_key);
            return Task.FromResult(configuration);
        }
    }
}
