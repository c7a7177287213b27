using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace Scoring.Hosting;

/// <summary>
/// Names the issuer by the address that it listens on, which is known once it listens. A request's Host header has no say in it.
/// </summary>
internal sealed class IssuerAddress(IServer server) : IConfigureOptions<OpenIddictServerOptions>
{
    public Uri Value => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <inheritdoc/>
    public void Configure(OpenIddictServerOptions options) => options.Issuer = Value;
}
