namespace Scoring.Hosting;

/// <summary>Answers HEAD like GET without the body (RFC 9110, 9.3.2), because the routes match GET only.</summary>
internal sealed class HeadRequestMiddleware(RequestDelegate next)
{
    /// <summary>Runs the request as GET with a body that is discarded.</summary>
    public Task InvokeAsync(HttpContext context) => HttpMethods.IsHead(context.Request.Method) ? RunAsGet(context) : next(context);

    private async Task RunAsGet(HttpContext context)
    {
        var body = context.Response.Body;
        context.Request.Method = HttpMethods.Get;
        context.Response.Body = Stream.Null;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
            context.Response.Body = body;
        }
    }
}
