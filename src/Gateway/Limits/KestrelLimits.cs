using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Scoring.Limits;

/// <summary>Applies the limits on bytes and times to the web server.</summary>
internal sealed class KestrelLimits(IOptions<GatewayLimits> limits) : IConfigureOptions<KestrelServerOptions>
{
    /// <inheritdoc/>
    public void Configure(KestrelServerOptions options)
    {
        var value = limits.Value;
        options.AddServerHeader = false;
        // The web server also counts the framing of chunks. RequestBody enforces the exact limit.
        options.Limits.MaxRequestBodySize = 2L * Math.Max(value.BodyBytesMax, value.AdminBodyBytesMax);
        options.Limits.MaxRequestHeadersTotalSize = value.HeaderBytesMax;
        options.Limits.MaxRequestHeaderCount = value.HeadersMax;
        options.Limits.MaxRequestLineSize = value.RequestLineBytesMax;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(value.HeaderSecondsMax);
        options.Limits.MinRequestBodyDataRate =
            new MinDataRate(value.BodyBytesPerSecondMin, TimeSpan.FromSeconds(value.BodyGraceSeconds));
    }
}
