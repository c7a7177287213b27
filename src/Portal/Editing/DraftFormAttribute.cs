using Microsoft.AspNetCore.Http.Features;
using Scoring.Hosting;
using Scoring.SignIn;

namespace Scoring.Editing;

/// <summary>
/// Marks a page whose form holds a whole draft, which may be larger than other forms. Only a signed-in administrator may send more, so that
/// no other person makes the portal read it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class DraftFormAttribute : Attribute
{
    /// <summary>Allows the larger form, before anything reads it.</summary>
    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<DraftFormAttribute>() is not null
            && context.User.IsInRole(SignInRoles.Administrator)
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = context.RequestServices.GetRequiredService<PortalOptions>().DraftFormBytesMax;
        return next(context);
    }
}
