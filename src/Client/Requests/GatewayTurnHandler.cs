namespace Scoring.Client;

/// <summary>Sends each attempt to the next address in turn, so that the attempt after a failure reaches another gateway.</summary>
internal sealed class GatewayTurnHandler(IEnumerable<Uri> addresses) : DelegatingHandler
{
    /// <summary>The base of requests before an address is chosen. Nothing is sent there.</summary>
    public static readonly Uri Placeholder = new("http://gateway.invalid/");

    private static readonly HttpRequestOptionsKey<string> RelativeKey = new("Scoring.Client.Relative");

    private readonly Uri[] _addresses = [.. addresses.Select(WithSlash)];
    private int _next = -1;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // An attempt before this one has put an address in front of the path.
        if (!request.Options.TryGetValue(RelativeKey, out var relative))
        {
            relative = request.RequestUri!.PathAndQuery.TrimStart('/');
            request.Options.Set(RelativeKey, relative);
        }
        request.RequestUri = new Uri(_addresses[(uint)Interlocked.Increment(ref _next) % (uint)_addresses.Length], relative);
        return base.SendAsync(request, cancellationToken);
    }

    // Without a slash at its end, the last segment of an address would be replaced by the path.
    private static Uri WithSlash(Uri address) =>
        address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
