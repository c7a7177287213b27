using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Scoring.Limits;

/// <summary>Takes a request's address from the header of a configured proxy, and from no one else.</summary>
internal sealed class ForwardedAddresses(IOptions<ProxyOptions> proxies) : IConfigureOptions<ForwardedHeadersOptions>
{
    /// <inheritdoc/>
    public void Configure(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = proxies.Value.Addresses.Count > 0 ? ForwardedHeaders.XForwardedFor : ForwardedHeaders.None;
        options.ForwardLimit = proxies.Value.HopsMax;
        // By default the framework trusts every process of the machine.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in proxies.Value.Addresses)
            if (ProxyOptions.TryParse(text, out var network)) options.KnownIPNetworks.Add(network);
    }
}
