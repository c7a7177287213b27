using Scoring.Hosting;
using Scoring.Testing;

[assembly: AssemblyFixture(typeof(SharedIssuer))]

namespace Scoring.Hosting;

/// <summary>One issuer for all tests that change nothing of it: each has a browser and a client of its own.</summary>
public sealed class SharedIssuer : IAsyncLifetime
{
    private TestIssuer? _issuer;

    internal TestIssuer Issuer => _issuer!;

    internal RelyingParty PortalClient() => _issuer!.PortalClient();

    internal RelyingParty ForeignClient() => _issuer!.ForeignClient();

    public async ValueTask InitializeAsync() => _issuer = await TestIssuer.Start();

    public ValueTask DisposeAsync() => _issuer!.DisposeAsync();
}
