using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Scoring.Limits;

/// <summary>
/// Marks the public route with a body. The body is read before the route begins, so that no sender holds a place for longer than
/// <see cref="WitnessOptions.BodySecondsMax"/>.
/// </summary>
internal sealed record WitnessBodyMetadata
{
    /// <summary>Reads the body of a marked route. Add this middleware after authorization.</summary>
    public static Task Apply(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<WitnessBodyMetadata>() is null ? next(context) : ReadFirst(context, next);

    private static async Task ReadFirst(HttpContext context, RequestDelegate next)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<WitnessOptions>>().Value;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = 2L * options.BodyBytesMax; // it counts the framing of chunks too; Read is exact
        context.Request.Body = new MemoryStream(await Read(context, options), writable: false);
        await next(context);
    }

    private static async Task<byte[]> Read(HttpContext context, WitnessOptions options)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(TimeSpan.FromSeconds(options.BodySecondsMax));
        try
        {
            using var body = await RequestBody.Read(context.Request, options.BodyBytesMax, deadline.Token);
            return body.Span.ToArray();
        }
        catch (OperationCanceledException exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body did not arrive in time.", StatusCodes.Status408RequestTimeout, exception);
        }
    }
}
