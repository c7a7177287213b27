using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Scoring.Limits;

/// <summary>Marks a route whose body may have at most <see cref="GatewayLimits.SmallBodyBytesMax"/>.</summary>
internal sealed record SmallBodyMetadata
{
    /// <summary>Sets the limit on marked routes. Add this middleware after routing.</summary>
    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<SmallBodyMetadata>() is not null)
        {
            var max = context.RequestServices.GetRequiredService<IOptions<GatewayLimits>>().Value.SmallBodyBytesMax;
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = max;
        }

        return next(context);
    }
}
