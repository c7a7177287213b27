using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Scoring.Clients;
using Scoring.Keys;
using Scoring.Linking;
using Scoring.Testing;

namespace Scoring.Hosting;

/// <summary>An issuer on a free port with two clients: the portal, and one of another sector.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Secret = "a-secret-of-the-test";
    public const string Installation = "urn:scoring:test";
    public const string OtherClient = "other-city";

    public static readonly Uri Portal = new("http://127.0.0.1:1");
    public static readonly Uri Other = new("http://127.0.0.1:2");

    private TestIssuer(DevelopmentIssuerHost host, IssuerSetup setup)
    {
        Host = host;
        Setup = setup;
    }

    public DevelopmentIssuerHost Host { get; }

    public IssuerSetup Setup { get; }

    public Uri Address => Host.Address;

    public static IssuerSetup NewSetup() => new(
        SigningKey.Create("development-issuer"), new DerivationKey(DerivationKey.Draw()), Secret, Installation,
        [
            new LinkingSource("traffic", "https://traffic.example", "Traffic of the test", SigningKey.Create("traffic")),
            new LinkingSource("payment", "https://payment.example", "Payments of the test", SigningKey.Create("payment")),
        ]);

    public static async Task<TestIssuer> Start(TimeProvider? time = null, IssuerSetup? setup = null)
    {
        setup ??= NewSetup();
        var host = await DevelopmentIssuerHost.Start(
            new HostingEnvironment { EnvironmentName = Environments.Development },
            new DevelopmentIssuerOptions { Port = 0, Portal = Portal.OriginalString }, setup, time ?? TimeProvider.System,
            CancellationToken.None);
        await host.Register(new IssuerClient(OtherClient, Secret, "another-sector", [Other]), CancellationToken.None);
        return new TestIssuer(host, setup);
    }

    /// <summary>The portal as a client of this issuer.</summary>
    public RelyingParty PortalClient() => new(Address, IssuerSetup.PortalId, Secret, Portal);

    /// <summary>A client of another sector.</summary>
    public RelyingParty ForeignClient() => new(Address, OtherClient, Secret, Other);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
